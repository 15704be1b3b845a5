/** What a learner got wrong anywhere, as the database tells: what cards are made of. */
import type { Database } from './open-database.ts'
import { parseIds } from './session-store.ts'

/** From so many tries on, a task that was never done is a failed one. */
const tries = 2

export type MistakeStore = ReturnType<typeof createMistakeStore>

export function createMistakeStore(db: Database) {
  return {
    /** Questions after lessons whose newest answer is wrong, or says by its learner's own points too little. */
    async questions(learner: string): Promise<{ lesson: string; question: string; points: string[] | null }[]> {
      const rows = await db
        .selectFrom('quiz_answers')
        .select(['lesson', 'question', 'correct', 'points'])
        .where('learner', '=', learner)
        .orderBy('nth')
        .execute()
      const newest = new Map(rows.map((row) => [`${row.lesson}:${row.question}`, row]))
      return [...newest.values()].flatMap(({ lesson, question, correct, points }) =>
        correct === 0 || (correct === null && points !== null)
          ? [{ lesson, question, points: points === null ? null : parseIds(points) }]
          : [],
      )
    },
    /** Tasks that were tried and never done, or whose solution was asked for; not of labs that still run. */
    async tasks(learner: string): Promise<{ lab: string; task: string }[]> {
      const running = db
        .selectFrom('sessions')
        .select('lab')
        .where('learner', '=', learner)
        .where('state', 'not in', ['gone', 'failed'])
      // Each row is what was done under one cookie: what was passed under any is passed.
      const tried = await db
        .selectFrom('progress')
        .select(['lab', 'task'])
        .where('learner', '=', learner)
        .where('lab', 'not in', running)
        .groupBy(['lab', 'task'])
        .having((eb) => eb.fn.max('passed_at'), 'is', null)
        .having((eb) => eb.fn.sum('tries'), '>=', tries)
        .execute()
      const told = await db
        .selectFrom('session_deeds')
        .innerJoin('sessions', 'sessions.id', 'session_deeds.session')
        .select(['sessions.lab as lab', 'session_deeds.task as task'])
        .where('sessions.learner', '=', learner)
        .where('session_deeds.kind', 'in', ['solution', 'shown'])
        .where('sessions.lab', 'not in', running)
        .execute()
      return [...tried, ...told.flatMap(({ lab, task }) => (task === null ? [] : [{ lab, task }]))]
    },
    /** Questions of mock interviews that are over, answered with less than half of what there was to say. */
    async interviews(learner: string): Promise<string[]> {
      const rows = await db
        .selectFrom('interview_answers')
        .innerJoin('interviews', (join) =>
          join
            .onRef('interviews.id', '=', 'interview_answers.interview')
            .onRef('interviews.learner', '=', 'interview_answers.learner'),
        )
        .select('interview_answers.question as question')
        .where('interview_answers.learner', '=', learner)
        .where('interviews.finished_at', 'is not', null)
        .where('interview_answers.percent', '<', 50)
        .execute()
      return rows.map((row) => row.question)
    },
  }
}
