/** Sessions and where their tasks stand, as the database keeps them. */
import type { Selectable, Updateable } from 'kysely'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

export type SessionRecord = Selectable<Tables['sessions']>

/** One task of one session. */
export interface TaskRecord {
  task: string
  passed_at: number | null
  tries: number
  hints: string[]
}

export type SessionStore = ReturnType<typeof createSessionStore>

export function createSessionStore(db: Database) {
  return {
    async insert(record: SessionRecord): Promise<void> {
      await db.insertInto('sessions').values(record).execute()
    },
    async update(id: string, change: Updateable<Tables['sessions']>): Promise<void> {
      await db.updateTable('sessions').set(change).where('id', '=', id).execute()
    },
    async find(id: string): Promise<SessionRecord | undefined> {
      return await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
    },
    /** What a server that starts has to look after, oldest first. */
    async unfinished(): Promise<SessionRecord[]> {
      const query = db.selectFrom('sessions').selectAll().where('state', 'not in', ['gone', 'failed'])
      return await query.orderBy('created_at').execute()
    },
    async tasks(session: string): Promise<TaskRecord[]> {
      const rows = await db.selectFrom('session_tasks').selectAll().where('session', '=', session).execute()
      return rows.map(({ task, passed_at, tries, hints }) => ({ task, passed_at, tries, hints: parseIds(hints) }))
    },
    async saveTask(session: string, { task, passed_at, tries, hints }: TaskRecord): Promise<void> {
      const row = { passed_at, tries, hints: JSON.stringify(hints) }
      await db
        .insertInto('session_tasks')
        .values({ session, task, ...row })
        .onConflict((c) => c.columns(['session', 'task']).doUpdateSet(row))
        .execute()
    },
  }
}

export function parseIds(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
