/** Which work of ended sessions is kept; the archives themselves are files, see sessions/kept-work.ts. */
import type { Database } from './open-database.ts'
import { parseIds } from './session-store.ts'

export interface KeptRecord {
  learner: string
  lab: string
  /** The session it comes from. */
  session: string
  at: number
  bytes: number
  tasks: string[]
}

export type KeptWorkStore = ReturnType<typeof createKeptWorkStore>

export function createKeptWorkStore(db: Database) {
  return {
    /** One for each learner and lab: the newest replaces what was there. */
    async put(record: KeptRecord): Promise<void> {
      const row = { ...record, tasks: JSON.stringify(record.tasks) }
      await db
        .insertInto('kept_work')
        .values(row)
        .onConflict((c) => c.columns(['learner', 'lab']).doUpdateSet(row))
        .execute()
    },
    async find(learner: string, lab: string): Promise<KeptRecord | undefined> {
      const query = db.selectFrom('kept_work').selectAll().where('learner', '=', learner).where('lab', '=', lab)
      const row = await query.executeTakeFirst()
      return row && { ...row, tasks: parseIds(row.tasks) }
    },
    async ofLearner(learner: string): Promise<KeptRecord[]> {
      const rows = await db.selectFrom('kept_work').selectAll().where('learner', '=', learner).execute()
      return rows.map((row) => ({ ...row, tasks: parseIds(row.tasks) }))
    },
    /** Forgets what is older; answers the sessions of all that stay. */
    async purge(before: number): Promise<Set<string>> {
      await db.deleteFrom('kept_work').where('at', '<', before).execute()
      const rows = await db.selectFrom('kept_work').select('session').execute()
      return new Set(rows.map((row) => row.session))
    },
  }
}
