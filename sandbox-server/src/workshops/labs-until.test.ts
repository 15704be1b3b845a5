/** Protects: a pause takes no time from the labs of a class, and moves their ends every few minutes at most. */
import { expect, test } from 'vitest'
import { labsUntil } from './labs-until.ts'

const minute = 60_000

test('the end of the class, and what it has paused until now', () => {
  const ends_at = 100 * minute
  const pausing = {
    ends_at,
    pauses: [[10 * minute, 20 * minute] as [number, number], [90 * minute, null] as [number, null]],
  }
  expect(labsUntil({ ends_at, pauses: [[10 * minute, 20 * minute]] }, 95 * minute)).toBe(ends_at)
  expect(labsUntil(pausing, 91 * minute)).toBe(105 * minute)
  expect(labsUntil(pausing, 94 * minute)).toBe(105 * minute)
  expect(labsUntil(pausing, 150 * minute)).toBe(160 * minute)
})
