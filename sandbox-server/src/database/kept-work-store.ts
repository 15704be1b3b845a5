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
    /** The newest replaces what was there of this learner and lab. Answers the sessions whose work it replaced. */
    async put(record: KeptRecord): Promise<string[]> {
      const row = { ...record, tasks: JSON.stringify(record.tasks) }
      return await db.transaction().execute(async (within) => {
        // The learner's row before those of earlier work; see `record` of session-store.ts.
        await within
          .insertInto('kept_work')
          .values(row)
          .onConflict((c) => c.column('session').doUpdateSet(row))
          .execute()
        const others = within
          .deleteFrom('kept_work')
          .where('learner', '=', record.learner)
          .where('lab', '=', record.lab)
        const gone = await others.where('session', '!=', record.session).returning('session').execute()
        return gone.map(({ session }) => session)
      })
    },
    /** The newest of this lab. */
    async find(learner: string, lab: string): Promise<KeptRecord | undefined> {
      return (await this.ofLearner(learner)).find((each) => each.lab === lab)
    },
    /** Newest first. There are several of one lab where two learners were joined. */
    async ofLearner(learner: string): Promise<KeptRecord[]> {
      const query = db.selectFrom('kept_work').selectAll().where('learner', '=', learner)
      const rows = await query.orderBy('at', 'desc').orderBy('session').execute()
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
