/** Protects: a weekend ends no streak, today is no day without practice until it is over, and a day is the learner's own. */
import { expect, it } from 'vitest'
import { countStreak } from './streak.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 26, 20)
const ago = (...days: number[]) => days.map((each) => now - each * day)

it('counts days, forgives two in a row without practice, and ends at three', () => {
  expect(countStreak([], now, 0).days).toBe(0)
  expect(countStreak(ago(0, 0, 1, 2), now, 0).days).toBe(3)
  expect(countStreak(ago(1, 4, 5), now, 0).days).toBe(3)
  expect(countStreak(ago(3), now, 0).days).toBe(1)
  expect(countStreak(ago(4), now, 0).days).toBe(0)
  expect(countStreak(ago(0, 4, 5), now, 0).days).toBe(1)
})

it('a day is the one of the learner', () => {
  const late = [Date.UTC(2026, 10, 25, 23), Date.UTC(2026, 10, 26, 1)]
  expect(countStreak(late, now, 0).days).toBe(2)
  expect(countStreak(late, now, 120).days).toBe(1)
})

it('shows four weeks, and nothing of what the clock calls the future', () => {
  const { calendar, days } = countStreak([...ago(0, 0, 27, 28), now + 3 * day], now, 0)
  expect(calendar).toHaveLength(28)
  expect([calendar[27], calendar[0], calendar.reduce((a, b) => a + b)]).toEqual([2, 1, 3])
  expect(days).toBe(1)
})
