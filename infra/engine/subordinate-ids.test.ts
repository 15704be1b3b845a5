/** Protects: an instance's range of ids never overlaps with one that someone else was given. */
import { expect, test } from 'vitest'
import { decideStart, parseRanges } from './subordinate-ids.ts'

test('the first free range starts at 165536', () => {
  expect(decideStart([])).toBe(165_536)
})

test('a range that touches ours by one id is stepped over', () => {
  expect(decideStart([{ user: 'a', start: 100_000, count: 65_537 }])).toBe(231_072)
  expect(decideStart([{ user: 'a', start: 100_000, count: 65_536 }])).toBe(165_536)
})

test('ranges of several users, in any order, are all respected', () => {
  const taken = parseRanges('b:231072:65536\n# a comment\na:165536:65536\nc:300000:1\n')
  expect(taken).toHaveLength(3)
  expect(decideStart(taken)).toBe(362_144)
})

test('lines that are no ranges are ignored', () => {
  expect(parseRanges('x:y:z\nonly-a-name\n\n')).toEqual([])
})
