/** Protects: the pool follows demand, and never beyond what the operator or the host allows. */
import { expect, test } from 'vitest'
import { decidePoolSize } from './pool-size.ts'

const limits = { least: 1, most: 4 }
const now = 1_000_000
const starts = (count: number, ago: number) => Array.from({ length: count }, () => now - ago)

test.each([
  ['nobody came: the least', [], 40, 1],
  ['two came lately', starts(2, 60_000), 40, 2],
  ['a class came: the most', starts(30, 60_000), 40, 4],
  ['that was long ago', starts(30, 200_000), 40, 1],
  ['one place is left', starts(30, 1000), 1, 1],
  ['no place is left', starts(30, 1000), 0, 0],
])('%s', (_what, times, free, wanted) => {
  expect(decidePoolSize(times, free, limits, now)).toBe(wanted)
})

test('an operator may do without', () => {
  expect(decidePoolSize(starts(9, 1), 40, { least: 0, most: 0 }, now)).toBe(0)
})
