/** Protects: whoever needs help most is seen first, the rest stands still by name, and each filter finds its people. */
import { describe, expect, it } from 'vitest'
import { fitsFilter, sortWall } from './sort-wall.ts'

const tile = (name: string, part: Partial<Parameters<typeof fitsFilter>[0]> = {}) => ({
  ...{ name, hand_at: null, need: null, connected: true, done: 0, state: 'admitted' as const },
  ...part,
})
const need = (rank: number) => ({ need: { why: 'tries' as const, words: '3 tries', since: 0, rank } })

describe('sortWall', () => {
  it('puts who waits at the door first, then by need, then by name as people count', () => {
    const tiles = [
      tile('learner 10'),
      tile('learner 9'),
      tile('Zoe', need(1)),
      tile('Ada', need(5)),
      tile('door', { state: 'waiting' }),
    ]
    expect(sortWall(tiles).map(({ name }) => name)).toEqual(['door', 'Ada', 'Zoe', 'learner 9', 'learner 10'])
  })
})

describe('fitsFilter', () => {
  it.each([
    ['help', tile('a', need(1)), true],
    ['help', tile('a'), false],
    ['hand', tile('a', { hand_at: 1 }), true],
    ['away', tile('a', { connected: false }), true],
    ['waiting', tile('a', { state: 'waiting' }), true],
    ['done', tile('a', { done: 4 }), true],
    ['done', tile('a', { done: 3 }), false],
  ] as const)('%s', (filter, one, fits) => expect(fitsFilter(one, filter, 4)).toBe(fits))
})
