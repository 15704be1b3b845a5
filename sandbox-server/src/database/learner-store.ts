/** Learners and what they have achieved over all their sessions. */
import type { ProgressView } from '../contract/labs.ts'
import type { Database } from './open-database.ts'

export type LearnerStore = ReturnType<typeof createLearnerStore>

/** What happened to a task: it was passed, tried once more, or one of its hints was taken. */
export type TaskDeed = { passed_at: number } | { tries: 1 } | { hints: 1 }

export function createLearnerStore(db: Database) {
  return {
    /** Notes that the learner was here; makes the row the first time. */
    async see(id: string, at: number): Promise<void> {
      await db
        .insertInto('learners')
        .values({ id, created_at: at, seen_at: at, access: null })
        .onConflict((c) => c.column('id').doUpdateSet({ seen_at: at }))
        .execute()
    },
    /** Notes that a known learner was here. False: nobody is known by this id. */
    async touch(id: string, at: number): Promise<boolean> {
      const query = db.updateTable('learners').set({ seen_at: at }).where('id', '=', id)
      return (await query.executeTakeFirst()).numUpdatedRows === 1n
    },
    /** The learner knew the access code; `mark` tells it from others. */
    async admit(id: string, mark: string): Promise<void> {
      await db.updateTable('learners').set({ access: mark }).where('id', '=', id).execute()
    },
    async isAdmitted(id: string, mark: string): Promise<boolean> {
      const row = await db.selectFrom('learners').select('access').where('id', '=', id).executeTakeFirst()
      return row?.access === mark
    },
    /** Progress, kept work, past sessions, answers, cards and interviews go with it. */
    async forget(id: string): Promise<void> {
      await db.deleteFrom('learners').where('id', '=', id).execute()
    },
    async note(learner: string, lab: string, task: string, deed: TaskDeed): Promise<void> {
      await db
        .insertInto('progress')
        .values({ learner, origin: learner, lab, task, passed_at: null, tries: 0, hints: 0, ...deed })
        .onConflict((c) =>
          c.columns(['learner', 'origin', 'lab', 'task']).doUpdateSet((eb) => ({
            passed_at: eb.fn.coalesce('progress.passed_at', 'excluded.passed_at'),
            tries: eb('progress.tries', '+', eb.ref('excluded.tries')),
            hints: eb('progress.hints', '+', eb.ref('excluded.hints')),
          })),
        )
        .execute()
    },
    async progress(learner: string): Promise<ProgressView> {
      const rows = await db.selectFrom('progress').selectAll().where('learner', '=', learner).execute()
      const labs: ProgressView['labs'] = {}
      for (const row of rows) {
        const lab = (labs[row.lab] ??= { passed: {}, tries: 0, hints: 0 })
        if (row.passed_at !== null) lab.passed[row.task] = Math.min(row.passed_at, lab.passed[row.task] ?? Infinity)
        lab.tries += row.tries
        lab.hints += row.hints
      }
      const last = await db
        .selectFrom('sessions')
        .select(['lab', 'created_at as at'])
        .where('learner', '=', learner)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return { labs, last: last ?? null }
    },
  }
}
