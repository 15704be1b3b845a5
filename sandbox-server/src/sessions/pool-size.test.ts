/** Protects: the pool follows demand, and never beyond what the operator or the host allows. */
import { expect, test } from 'vitest'
import type { NodeSet } from '../runtime/port.ts'
import { decidePool } from './pool-size.ts'

const limits = { least: 1, most: 4 }
const now = 1_000_000
const usual = { nodes: 1, disk_mb: 2048 }
const small = { nodes: 1, disk_mb: 512 }
const three = { nodes: 3, disk_mb: 2048 }
const asked = (count: number, ago: number, kind: NodeSet = usual) =>
  Array.from({ length: count }, () => ({ ...kind, at: now - ago }))

test.each([
  ['nobody came: the least', [], 40, 1],
  ['two came lately', asked(2, 60_000), 40, 2],
  ['a class came: the most', asked(30, 60_000), 40, 4],
  ['that was long ago', asked(30, 200_000), 40, 1],
  ['one place is left', asked(30, 1000), 1, 1],
  ['no place is left', asked(30, 1000), 0, 0],
  ['the host has too much on it already', asked(30, 1000), -3, 0],
])('%s', (_what, demand, free, count) => {
  expect(decidePool(demand, usual, free, limits, now)).toEqual([{ ...usual, count }])
})

test('an operator may do without', () => {
  expect(decidePool(asked(9, 1), usual, 40, { least: 0, most: 0 }, now)).toEqual([{ ...usual, count: 0 }])
})

test('what is seldom asked for is booted ahead once it is asked for, and a set of three counts as three', () => {
  const demand = [...asked(2, 1000, three), ...asked(2, 1000, small)]
  const counts = (most: number) => decidePool(demand, usual, 40, { least: 1, most }, now).map(({ count }) => count)
  expect(counts(12)).toEqual([1, 2, 2])
  expect(counts(6)).toEqual([1, 1, 2])
  expect(counts(3)).toEqual([1, 0, 2])
})
