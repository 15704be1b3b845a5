/** Protects: a page knows how many questions there are, and nothing else of them. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { countQuestions } from './quizzes.ts'

const folder = path.resolve(import.meta.dirname, '../../test/fixture/lessons')

it('counts the questions of a lesson, and none where there is no quiz', () => {
  expect(countQuestions('layers/cache', folder)).toBe(3)
  expect(countQuestions('architecture/first-commands', folder)).toBe(0)
})
