/** How it went: progress, runs and answers of one learner, as their own page shows them. */
import type { LearnerRecord } from '../contract/record.ts'
import { createLearnerStore } from './learner-store.ts'
import type { Database } from './open-database.ts'

export type RecordStore = ReturnType<typeof createRecordStore>

export function createRecordStore(db: Database) {
  const learners = createLearnerStore(db)
  return {
    async read(learner: string): Promise<LearnerRecord> {
      const { labs: progress } = await learners.progress(learner)
      const runs = await readRuns(db, learner)
      const labs: LearnerRecord['labs'] = {}
      for (const [lab, row] of Object.entries(progress)) labs[lab] = { ...row, runs: 0 }
      for (const { lab } of runs) (labs[lab] ??= { passed: {}, tries: 0, hints: 0, runs: 0 }).runs++
      return { labs, runs, quizzes: await readQuizzes(db, learner) }
    },
  }
}

async function readRuns(db: Database, learner: string): Promise<LearnerRecord['runs']> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('session_deeds', 'session_deeds.session', 'sessions.id')
    .select((eb) => ['sessions.lab', 'sessions.created_at', eb.fn.max('session_deeds.at').as('last')])
    .where('sessions.learner', '=', learner)
    .groupBy(['sessions.id', 'sessions.lab', 'sessions.created_at'])
    .orderBy('sessions.created_at')
    .execute()
  // A clock that was set back in between must not take time away.
  return rows.map(({ lab, created_at, last }) => ({
    lab,
    began_at: created_at,
    ms: Math.max(0, Number(last) - created_at),
  }))
}

async function readQuizzes(db: Database, learner: string): Promise<LearnerRecord['quizzes']> {
  const query = db.selectFrom('quiz_answers').select(['lesson', 'question', 'correct']).where('learner', '=', learner)
  const last = new Map<string, { lesson: string; correct: number | null }>()
  for (const row of await query.orderBy('nth').execute()) last.set(`${row.lesson} ${row.question}`, row)
  const quizzes: LearnerRecord['quizzes'] = {}
  for (const { lesson, correct } of last.values()) {
    const quiz = (quizzes[lesson] ??= { right: 0, wrong: 0, free: 0 })
    quiz[correct === null ? 'free' : correct === 1 ? 'right' : 'wrong']++
  }
  return quizzes
}
