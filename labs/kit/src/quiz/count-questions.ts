/** What `npm run quiz -- lint` counts: the questions after lessons and those of the interview bank together. */
import { bankFormNames } from '../bank-schema.ts'
import { quizLevels, type Quiz } from '../quiz-schema.ts'
import type { Banked } from './load-bank.ts'

export interface QuestionFigures {
  questions: number
  /** Answered in a lab, with a clock. */
  live: number
  by_topic: Record<string, number>
  by_level: Record<string, number>
  by_form: Record<string, number>
  /** How many of those that every bank has to hold are there. */
  seed_questions: number
}

export function countQuestions(quizzes: ReadonlyMap<string, Quiz>, bank: ReadonlyMap<string, Banked>): QuestionFigures {
  const afterLessons = [...quizzes].flatMap(([lesson, { questions }]) =>
    Object.values(questions).map(({ level, form, seed }) => ({ topic: lesson.split('/')[0]!, level, form, seed })),
  )
  const all = [...afterLessons, ...bank.values()]
  return {
    questions: all.length,
    live: all.filter((each) => each.form === 'live').length,
    by_topic: count(all.map((each) => each.topic)),
    by_level: count(
      all.map((each) => each.level),
      quizLevels,
    ),
    by_form: count(
      all.map((each) => each.form),
      bankFormNames,
    ),
    seed_questions: new Set(all.flatMap((each) => each.seed ?? [])).size,
  }
}

function count(names: readonly string[], expected: readonly string[] = []): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(expected.map((name) => [name, 0]))
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
