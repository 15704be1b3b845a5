/** Protects: who is stuck is told by three failing tries or twice the class's time, whose hand is up comes first, and pauses count for nobody. */
import { expect, test } from 'vitest'
import { decideNeed, type Situation } from './decide-need.ts'
import { elapsed, median, pausedSince } from './elapsed.ts'

const minute = 60_000
const session = { state: 'ready', reason: null, queue_place: null, created_at: 0 } as const
const calm: Situation = { hand_at: null, hand_note: null, lost_at: null, session, task: null }
const at = (task: Partial<NonNullable<Situation['task']>>): Situation => ({
  ...calm,
  task: { nth: 3, since: 0, tries: 0, ms: minute, median_ms: null, planned_ms: 50 * minute, ...task },
})

test('three tries, or twice the median, and the words say which', () => {
  const now = 30 * minute
  expect(decideNeed(at({ tries: 2, ms: 90 * minute }), now)).toBeNull()
  expect(decideNeed(at({ tries: 3, ms: 8 * minute }), now)).toMatchObject({
    why: 'tries',
    words: '3 tries at task 3, 8 min',
  })
  expect(decideNeed(at({ ms: 7.9 * minute, median_ms: 4 * minute }), now)).toBeNull()
  expect(decideNeed(at({ ms: 8 * minute, median_ms: 4 * minute }), now)).toMatchObject({
    why: 'time',
    words: '8 min on task 3, 2 times as long as the class',
  })
  expect(decideNeed(at({ ms: 30_000, median_ms: 5000 }), now)).toBeNull()
})

test('the same mistake over and over is one try: before anybody in the class is through, the planned time says who is stuck', () => {
  const work = { tries: 1, planned_ms: 3 * minute }
  expect(decideNeed(at({ ...work, ms: 5.9 * minute }), 0)).toBeNull()
  expect(decideNeed(at({ ...work, ms: 6 * minute }), 0)).toMatchObject({
    why: 'time',
    words: '6 min on task 3, 2 times as long as planned',
  })
  // What the class needs counts for more than the plan.
  expect(decideNeed(at({ ...work, ms: 6 * minute, median_ms: 5 * minute }), 0)).toBeNull()
})

test('a hand comes before all else, then a lab that failed, then who is stuck, then who is away', () => {
  const now = 10 * minute
  const stuck = at({ tries: 5 })
  const all = [
    { ...stuck, hand_at: 8 * minute, hand_note: 'compose' },
    { ...stuck, session: { ...session, state: 'failed' as const, reason: 'No disk.' } },
    stuck,
    { ...calm, session: { ...session, queue_place: 4 } },
    { ...calm, lost_at: now - minute },
  ]
  const needs = all.map((each) => decideNeed(each, now))
  expect(needs.map((each) => each?.why)).toEqual(['hand', 'failed', 'tries', 'queue', 'lost'])
  expect(needs.map((each) => each?.rank ?? 0)).toEqual(needs.map((each) => each?.rank ?? 0).toSorted((a, b) => b - a))
  expect(needs[0]?.words).toBe('raised a hand 2 min ago: compose')
  expect(decideNeed({ ...calm, lost_at: now - 5000 }, now)).toBeNull()
})

test('pauses do not count, also one that still lasts', () => {
  expect(elapsed(0, 100, [])).toBe(100)
  expect(
    elapsed(10, 100, [
      [0, 20],
      [50, 60],
      [95, null],
    ]),
  ).toBe(65)
  expect(elapsed(10, 20, [[0, null]])).toBe(0)
  expect(
    pausedSince(10, [
      [0, 20],
      [50, 60],
      [95, null],
    ]),
  ).toBe(20)
  expect([median([3]), median([4, 1]), median([])]).toEqual([3, 2.5, null])
})
