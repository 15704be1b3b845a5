/** Every answer to a question by anyone, without who it was: what authors of questions look at. */
import { bankItem, quizItem } from '../practice/items.ts'
import type { Database } from './open-database.ts'

export interface AnswerFigure {
  /** As in contract/practice.ts: `bank:…` or `quiz:…`. */
  item: string
  /** From 0 to 1. */
  score: number
  /** How long it took; null where nobody measured. */
  ms: number | null
}

/** Answers that count: rated, and to questions rather than to tasks of labs. */
export async function loadAnswerFigures(db: Database): Promise<AnswerFigure[]> {
  const quizzes = await db
    .selectFrom('quiz_answers')
    .select(['lesson', 'question', 'correct'])
    .where('correct', 'is not', null)
    .execute()
  const reviews = await db
    .selectFrom('practice_reviews')
    .select(['item', 'correct', 'ms'])
    .where('correct', 'is not', null)
    .where('item', 'not like', 'task:%')
    .execute()
  const interviews = await db
    .selectFrom('interview_answers')
    .select(['question', 'percent', 'ms'])
    .where('percent', 'is not', null)
    .execute()
  return [
    ...quizzes.map((row) => ({ item: quizItem(row.lesson, row.question), score: row.correct ?? 0, ms: null })),
    ...reviews.map(({ item, correct, ms }) => ({ item, score: correct ?? 0, ms })),
    ...interviews.map(({ question, percent, ms }) => ({ item: bankItem(question), score: (percent ?? 0) / 100, ms })),
  ]
}
