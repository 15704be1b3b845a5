/** Sessions and where their tasks stand, as the database keeps them. */
import type { Deed } from '../contract/sessions.ts'
import { sql, type Selectable, type Updateable } from 'kysely'
import { createLearnerStore, type TaskDeed } from './learner-store.ts'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

export type SessionRecord = Selectable<Tables['sessions']>

/** One task of one session. */
export interface TaskRecord {
  task: string
  passed_at: number | null
  tries: number
  hints: string[]
  shown: boolean
}

/** What one task came to at once: what its learner achieved by that, and what the time line of the session says. */
export interface TaskOutcome {
  achieved: readonly TaskDeed[]
  deeds: readonly Deed[]
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
    /** Of any text, as it stands in an address. */
    async find(id: string): Promise<SessionRecord | undefined> {
      // PostgreSQL has no such character in a text.
      if (id.includes('\0')) return undefined
      return await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
    },
    /** What a server that starts has to look after, oldest first. */
    async unfinished(): Promise<SessionRecord[]> {
      const query = db.selectFrom('sessions').selectAll().where('state', 'not in', ['gone', 'failed'])
      return await query.orderBy('created_at').execute()
    },
    async tasks(session: string): Promise<TaskRecord[]> {
      const rows = await db.selectFrom('session_tasks').selectAll().where('session', '=', session).execute()
      return rows.map(({ task, passed_at, tries, hints, shown }) => ({
        ...{ task, passed_at, tries, hints: parseIds(hints), shown: shown === 1 },
      }))
    },
    async saveTask(session: string, { task, passed_at, tries, hints, shown }: TaskRecord): Promise<void> {
      const row = { passed_at, tries, hints: JSON.stringify(hints), shown: shown ? 1 : 0 }
      await db
        .insertInto('session_tasks')
        .values({ session, task, ...row })
        .onConflict((c) => c.columns(['session', 'task']).doUpdateSet(row))
        .execute()
    },
    /** All of it or, when the server is killed meanwhile, nothing: the session, the learner's progress and the time line tell the same. */
    async record(
      { id, learner, lab }: Pick<SessionRecord, 'id' | 'learner' | 'lab'>,
      task: TaskRecord,
      { achieved, deeds }: TaskOutcome,
    ): Promise<void> {
      await db.transaction().execute(async (within) => {
        const [sessions, learners] = [createSessionStore(within), createLearnerStore(within)]
        // The learner's row before the session's, as when a learner is forgotten: the other way round, each could wait for the other.
        for (const each of achieved) await learners.note(learner, lab, task.task, each)
        await sessions.saveTask(id, task)
        for (const deed of deeds) await sessions.note(id, deed)
      })
    },
    async note(session: string, deed: Deed): Promise<void> {
      await db
        .insertInto('session_deeds')
        .values((eb) => ({
          session,
          ...deed,
          nth: eb
            .selectFrom('session_deeds')
            .select(({ fn, lit }) => sql<number>`${fn.coalesce(fn.max('nth'), lit(0))} + 1`.as('nth'))
            .where('session', '=', session),
        }))
        .execute()
    },
    async deeds(session: string): Promise<Deed[]> {
      const query = db.selectFrom('session_deeds').select(['at', 'kind', 'task']).where('session', '=', session)
      return await query.orderBy('nth').orderBy('at').execute()
    },
    /** Milliseconds from the start to the end of each first finish of this lab by someone else, shortest first. */
    async finishes(lab: string, learner: string): Promise<number[]> {
      const rows = await db
        .selectFrom('session_deeds')
        .innerJoin('sessions', 'sessions.id', 'session_deeds.session')
        .select((eb) => eb.fn.min(eb('session_deeds.at', '-', eb.ref('sessions.created_at'))).as('ms'))
        .where('sessions.lab', '=', lab)
        .where('sessions.learner', '!=', learner)
        // What somebody says of another server counts for themselves alone.
        .where('sessions.copy_of', 'is', null)
        .where('session_deeds.kind', '=', 'finished')
        .groupBy('sessions.learner')
        .execute()
      return rows.map((row) => Number(row.ms)).toSorted((a, b) => a - b)
    },
  }
}

export function parseIds(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
