/** Protects: reconnecting waits longer each time, is spread out, and never knocks without a pause. */
import { describe, expect, it } from 'vitest'
import { decideDelay } from './backoff.ts'

describe('decideDelay', () => {
  it('doubles up to the ceiling', () => {
    expect([0, 1, 2, 3, 20].map((attempt) => decideDelay(attempt, 1))).toEqual([500, 1000, 2000, 4000, 15_000])
  })
  it('spreads between a quarter and the whole', () => {
    expect(decideDelay(2, 0)).toBe(500)
    expect(decideDelay(2, 0.5)).toBe(1250)
  })
  it('has a pause even in the worst case', () => {
    expect(decideDelay(0, 0)).toBeGreaterThan(100)
  })
})
