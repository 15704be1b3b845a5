/** What `npm run quiz -- lint` counts. */
import { quizForms, quizLevels, type Quiz } from '../quiz-schema.ts'

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

export function countQuestions(quizzes: ReadonlyMap<string, Quiz>): QuestionFigures {
  const all = [...quizzes].flatMap(([lesson, { questions }]) =>
    Object.values(questions).map((question) => ({ topic: lesson.split('/')[0]!, ...question })),
  )
  return {
    questions: all.length,
    // No form of question is answered in a lab yet.
    live: 0,
    by_topic: count(all.map((each) => each.topic)),
    by_level: count(
      all.map((each) => each.level),
      quizLevels,
    ),
    by_form: count(
      all.map((each) => each.form),
      quizForms,
    ),
    seed_questions: new Set(all.flatMap((each) => each.seed ?? [])).size,
  }
}

function count(names: readonly string[], expected: readonly string[] = []): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(expected.map((name) => [name, 0]))
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
