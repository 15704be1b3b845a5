/** Protects: cards come again later each time they are known, soon when not, and no clock puts one out of reach. */
import { describe, expect, it } from 'vitest'
import { isDue, parseMemory, recallNow, recallOfPoints, review } from './schedule.ts'

const day = 86_400_000
const start = Date.UTC(2026, 10, 26)

describe('review', () => {
  it('spaces what is known further each time, and brings back tomorrow what is not', () => {
    let memory = review(null, 'good', start)
    const gaps = []
    for (let i = 0; i < 4; i++) {
      gaps.push(memory.due - memory.last_review)
      memory = review(memory, 'good', memory.due)
    }
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
    expect(new Set(gaps).size).toBe(4)
    const lost = review(memory, 'again', memory.due)
    expect(lost.due - lost.last_review).toBeLessThan(memory.due - memory.last_review)
    const missed = review(null, 'again', start)
    expect((missed.due - start) / day).toBe(1)
  })
  it('orders again, hard and good', () => {
    const dues = (['again', 'hard', 'good'] as const).map(
      (recall) => review(review(null, 'good', start), recall, start + 3 * day).due,
    )
    expect(dues).toEqual(dues.toSorted((a, b) => a - b))
  })
  it('is the same after the way through the database', () => {
    const memory = review(null, 'hard', start)
    expect(parseMemory(JSON.stringify(memory))).toEqual(memory)
  })
  it('lets no time have passed when the clock was set back', () => {
    const memory = review(review(null, 'good', start), 'good', start - 400 * day)
    expect(memory.due).toBeGreaterThan(start - 400 * day)
    expect(memory.due).toBeLessThan(start)
    expect(Number.isFinite(memory.stability)).toBe(true)
  })
})

it('what is remembered fades with time', () => {
  const memory = review(null, 'good', start)
  const chances = [0, 3, 30, 300].map((days) => recallNow(memory, start + days * day))
  expect(chances[0]).toBeCloseTo(1, 2)
  expect(chances).toEqual(chances.toSorted((a, b) => b - a))
  expect(recallNow(memory, start - day)).toBeCloseTo(1, 2)
})

it('a card is due at its time, and when its review lies in the future', () => {
  expect(isDue({ due: start, reviewed_at: null }, start)).toBe(true)
  expect(isDue({ due: start + 1, reviewed_at: start - day }, start)).toBe(false)
  expect(isDue({ due: start + 500 * day, reviewed_at: start + 400 * day }, start)).toBe(true)
})

it('points of a rubric say how well it went', () => {
  expect([0, 1, 2, 3, 4].map((made) => recallOfPoints(made, 4))).toEqual(['again', 'again', 'hard', 'hard', 'good'])
})
