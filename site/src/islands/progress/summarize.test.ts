/** Protects: the page of progress says of nothing, something and very much what is true. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import {
  decideDue,
  decideNext,
  decideStanding,
  isEmpty,
  listDays,
  listLabs,
  listTopics,
  type OutlineLesson,
} from './summarize.ts'

const lesson = (id: string, tasks: string[], questions = 0): OutlineLesson => ({
  ...{ id, href: `/${id}/`, title: id, tasks, questions },
})
const [one, two, read] = [lesson('a/one', ['x', 'y'], 3), lesson('b/two', ['x']), lesson('b/read', [], 2)]
const topics = [
  { id: 'a', title: 'A', lessons: [one] },
  { id: 'b', title: 'B', lessons: [two, read] },
]
const nothing: LearnerRecord = { labs: {}, runs: [], quizzes: {} }
const lab = (passed: Record<string, number>, tries = 1) => ({ passed, tries, hints: 0, runs: 1 })

test('for somebody new all is open and the first lesson is next', () => {
  expect(isEmpty(nothing)).toBe(true)
  expect(decideNext(topics, nothing)).toBe(one)
  expect(decideDue(topics, nothing)).toEqual([])
  expect(listLabs(topics, nothing)).toEqual([])
  expect(listTopics(topics, nothing)).toEqual([])
  expect(listDays(nothing, Date.now(), 30).map((day) => day.ms)).toEqual(Array(30).fill(0))
})

test('what is begun goes first, what is done not again, and at the end there is nothing', () => {
  const begun = { ...nothing, labs: { 'b/two': lab({}) } }
  expect(decideStanding(two, begun)).toBe('begun')
  expect(decideNext(topics, begun)).toBe(two)
  const done = { ...nothing, labs: { 'a/one': lab({ x: 1, y: 2 }), 'b/two': lab({ x: 1 }) } }
  expect([one, two, read].map((each) => decideStanding(each, done))).toEqual(['done', 'done', 'open'])
  const all = { ...done, quizzes: { 'b/read': { right: 1, wrong: 0, free: 1 } } }
  expect(decideNext(topics, all)).toBeNull()
})

test('wrong answers are due, and topics add theirs up', () => {
  const record = {
    ...nothing,
    quizzes: {
      'a/one': { right: 1, wrong: 2, free: 0 },
      'b/read': { right: 2, wrong: 0, free: 0 },
      'z/old': { right: 9, wrong: 9, free: 9 },
    },
  }
  expect(decideDue(topics, record)).toEqual([{ lesson: one, wrong: 2 }])
  expect(listTopics(topics, record)).toEqual([
    { id: 'a', title: 'A', right: 1, wrong: 2, free: 0, questions: 3 },
    { id: 'b', title: 'B', right: 2, wrong: 0, free: 0, questions: 2 },
  ])
})

test('minutes are those of the runs, by local day; very many are added up, and a lab that is gone stays in the list', () => {
  const now = new Date(2026, 2, 31, 0, 30).getTime()
  const runs = Array.from({ length: 5000 }, (_, i) => ({
    lab: 'b/two',
    began_at: now - (5000 - i) * 60_000,
    ms: 60_000,
  }))
  const record = { ...nothing, labs: { 'b/two': { ...lab({ x: 1 }), runs: 5000 }, 'z/old': lab({ q: 1 }) }, runs }
  const days = listDays(record, now, 30)
  // The clocks were set forward on the 29th in many places: days are days, not 24 hours.
  expect(days.map((day) => new Date(day.at).getHours())).toEqual(Array(30).fill(0))
  expect(days.at(-1)?.ms).toBe(30 * 60_000)
  expect(days.reduce((sum, day) => sum + day.ms, 0)).toBe(5000 * 60_000)
  expect(listLabs(topics, record)).toMatchObject([
    { id: 'b/two', done: 1, ms: 5000 * 60_000, lastAt: now - 60_000 },
    { id: 'z/old', lesson: null, done: 1, ms: 0, lastAt: null },
  ])
})
