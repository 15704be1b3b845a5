/** Answers to the questions of quizzes, as the database keeps them. */
import type { QuizAnswer } from '@drydock/kit/quiz-schema'
import { sql, type Selectable } from 'kysely'
import { parseIds } from './session-store.ts'
import type { Database } from './open-database.ts'
import type { Tables } from './tables.ts'

/** So many answers of one learner to one question are kept, the newest. */
export const keptAnswers = 50

export interface AnswerRecord {
  id: string
  lesson: string
  question: string
  answer: QuizAnswer
  correct: boolean | null
  /** Of a free answer, once its learner has rated it. */
  points: string[] | null
  at: number
}

export type QuizStore = ReturnType<typeof createQuizStore>

export function createQuizStore(db: Database) {
  return {
    /** One with an id that this learner has used before changes nothing. */
    async add(learner: string, record: AnswerRecord): Promise<void> {
      const { lesson, question } = record
      const ofQuestion = { learner, lesson, question }
      await db
        .insertInto('quiz_answers')
        .values((eb) => ({
          ...{ learner, ...writeAnswer(record) },
          nth: eb
            .selectFrom('quiz_answers')
            .select(({ fn, lit }) => sql<number>`${fn.coalesce(fn.max('nth'), lit(0))} + 1`.as('nth'))
            .where((each) => each.and(ofQuestion)),
        }))
        .onConflict((c) => c.columns(['learner', 'id']).doNothing())
        .execute()
      const newest = db
        .selectFrom('quiz_answers')
        .select('id')
        .where((eb) => eb.and(ofQuestion))
      await db
        .deleteFrom('quiz_answers')
        .where((eb) => eb.and(ofQuestion))
        .where('id', 'not in', newest.orderBy('nth', 'desc').orderBy('id').limit(keptAnswers))
        .execute()
    },
    async rate(learner: string, id: string, points: readonly string[]): Promise<void> {
      const change = { points: JSON.stringify(points) }
      await db.updateTable('quiz_answers').set(change).where('learner', '=', learner).where('id', '=', id).execute()
    },
    async find(learner: string, id: string): Promise<AnswerRecord | undefined> {
      const query = db.selectFrom('quiz_answers').selectAll().where('learner', '=', learner).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row && readAnswer(row)
    },
    /** By question, the newest answer. */
    async last(learner: string, lesson: string): Promise<Map<string, AnswerRecord>> {
      const query = db
        .selectFrom('quiz_answers')
        .selectAll()
        .where((eb) => eb.and({ learner, lesson }))
      const rows = await query.orderBy('nth').execute()
      return new Map(rows.map((row) => [row.question, readAnswer(row)]))
    },
  }
}

export function readAnswer(row: Selectable<Tables['quiz_answers']>): AnswerRecord {
  const { id, lesson, question, answer, correct, points, at } = row
  return {
    ...{ id, lesson, question, at, answer: JSON.parse(answer) as QuizAnswer },
    correct: correct === null ? null : correct === 1,
    points: points === null ? null : parseIds(points),
  }
}

export function writeAnswer({ id, lesson, question, answer, correct, points, at }: AnswerRecord) {
  return {
    ...{ id, lesson, question, at, answer: JSON.stringify(answer) },
    correct: correct === null ? null : correct ? 1 : 0,
    points: points === null ? null : JSON.stringify(points),
  }
}
