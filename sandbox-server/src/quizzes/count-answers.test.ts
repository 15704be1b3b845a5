/** Protects: authors see true rates and medians, the hardest question first. */
import { expect, it } from 'vitest'
import { countAnswers } from './count-answers.ts'

it('counts each question by itself, with the mean of its scores and the median of what was measured', () => {
  const figures = [
    ...[1, 1, 0, 0.5].map((score, i) => ({ item: 'bank:a', score, ms: [4000, 2000, 9000, null][i]! })),
    { item: 'bank:b', score: 0, ms: 1000 },
    { item: 'bank:b', score: 0, ms: 4000 },
    { item: 'quiz:layers/cache:c', score: 1, ms: null },
  ]
  expect(countAnswers(figures)).toEqual([
    { question: 'bank:b', answers: 2, success: 0, median_s: 2.5 },
    { question: 'bank:a', answers: 4, success: 0.63, median_s: 4 },
    { question: 'quiz:layers/cache:c', answers: 1, success: 1, median_s: null },
  ])
  expect(countAnswers([])).toEqual([])
})
