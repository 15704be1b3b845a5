/** Protects: the pool is filled one set at a time, after everything else, and never holds what nobody wishes for. */
import { expect, test } from 'vitest'
import { eventually } from '../../../test/fake-runtime.ts'
import { Pool, type WarmSet } from './pool.ts'

const usual = { nodes: 1, disk_mb: 2048 }
const three = { nodes: 3, disk_mb: 2048 }

function openPool(left: WarmSet[] = []) {
  const made: string[] = []
  const removed: string[] = []
  const state = { roomy: true, making: 0, most: 0, hold: Promise.resolve() }
  const pool = new Pool(
    {
      find: async () => left,
      async make() {
        state.most = Math.max(state.most, ++state.making)
        await state.hold
        state.making--
        made.push(`pool${made.length}`)
        return made.at(-1) ?? ''
      },
      remove: async (home) => void removed.push(home),
      roomy: async () => state.roomy,
    },
    { warn: () => undefined, error: () => undefined },
  )
  return { pool, made, removed, state }
}

test('one at a time, as many as are wished for of each kind', async () => {
  const { pool, state } = openPool()
  pool.keep([
    { ...usual, count: 2 },
    { ...three, count: 1 },
  ])
  await eventually(() => pool.size === 3)
  expect([state.most, pool.nodes]).toEqual([1, 5])
  expect(pool.take(three)).toBe('pool2')
  expect(pool.take(three)).toBeUndefined()
  expect(pool.take(usual)).toBe('pool0')
})

test('nothing is made ahead while a learner waits for a start', async () => {
  const { pool, made } = openPool()
  const start = Promise.withResolvers<void>()
  const starting = pool.before(() => start.promise)
  const wish = () => pool.keep([{ ...usual, count: 1 }])
  wish()
  await eventually(() => pool.size === 0)
  expect(made).toEqual([])
  start.resolve()
  await starting
  await eventually(() => {
    wish()
    return made.length === 1
  })
})

test('a host without room is left alone, and what is too much is given back', async () => {
  const { pool, made, removed, state } = openPool([
    { ...usual, home: 'left0' },
    { ...three, home: 'left1' },
  ])
  state.roomy = false
  pool.keep([{ ...usual, count: 3 }])
  await eventually(() => removed.length === 1)
  expect([removed, made, pool.size]).toEqual([['left1'], [], 1])
  expect(pool.drop('left0')).toBe(true)
  expect([pool.drop('left0'), pool.take(usual)]).toEqual([false, undefined])
})
