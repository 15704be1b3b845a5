/** Protects: a host is not filled beyond what it can carry, and what it can never carry is said before a lab starts. */
import { expect, test } from 'vitest'
import { decideRoom, explainTooLarge } from './capacity.ts'

const GiB = 2 ** 30

test('what is scarcest decides', () => {
  expect(decideRoom({ memory: 4 * GiB, disk: 100 * GiB, processes: 30_000 })).toEqual({ nodes: 16, shortOf: 'memory' })
  expect(decideRoom({ memory: 40 * GiB, disk: GiB, processes: 30_000 })).toEqual({ nodes: 4, shortOf: 'disk' })
  expect(decideRoom({ memory: 40 * GiB, disk: 100 * GiB, processes: 450 })).toEqual({ nodes: 3, shortOf: 'processes' })
  expect(decideRoom({ memory: -GiB, disk: 100 * GiB, processes: 450 }).nodes).toBeLessThan(0)
})

test.each([
  ['memory', { memory_mb: 8192 }, /8192 MB of memory for each of its 3 machines.*this host has 4096 MB.*`limits`/],
  ['processors', { cpus: 8 }, /8 processors.*this host has 2/],
  ['processes', { pids: 8192 }, /8192 processes.*room for 4096/],
])('limits that cannot be: %s', (_what, more, says) => {
  const host = { memory_mb: 4096, cpus: 2, pids: 4096 }
  const limits = { memory_mb: 1024, cpus: 1, pids: 1024, disk_mb: 2048 }
  expect(explainTooLarge({ nodes: 3, limits }, host)).toBeNull()
  expect(explainTooLarge({ nodes: 3, limits: { ...limits, ...more } }, host)).toMatch(says)
})
