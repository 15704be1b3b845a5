/** What the answers to each question say about it: how often it is answered right, and how long that takes; pure. */
import type { AnswerFigure } from '../database/answer-figures.ts'

export interface QuestionStats {
  question: string
  answers: number
  /** The mean of all answers, from 0 to 1. */
  success: number
  /** The median of those that were measured, in seconds. */
  median_s: number | null
}

/** Questions with the least success first. */
export function countAnswers(figures: readonly AnswerFigure[]): QuestionStats[] {
  const byItem = Map.groupBy(figures, ({ item }) => item)
  const all = [...byItem].map(([question, answers]) => {
    const times = answers.flatMap(({ ms }) => ms ?? []).toSorted((a, b) => a - b)
    return {
      question,
      answers: answers.length,
      success: round(answers.reduce((sum, { score }) => sum + score, 0) / answers.length, 100),
      median_s: times.length === 0 ? null : round(median(times) / 1000, 10),
    }
  })
  return all.toSorted((a, b) => a.success - b.success || b.answers - a.answers || (a.question < b.question ? -1 : 1))
}

function median(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  const upper = sorted[half]!
  return sorted.length % 2 === 1 ? upper : (sorted[half - 1]! + upper) / 2
}

const round = (n: number, parts: number) => Math.round(n * parts) / parts
