/** Protects: the lines over time say what was seen, are broken where nobody looked, and mark what the kernel ended. */
import { expect, test } from 'vitest'
import { linePath, noteUse, readTimeline, type Use } from './timeline.ts'

const mib = 2 ** 20
const container = { name: 'web', limits: { memory: 64 * mib, cpus: 0.5, pids: null } }
const use = (at: number, memory: number, periods: number, held_back: number): Use => ({
  ...{ at, memory: memory * mib, cpu_ns: 0, periods, held_back, pids: 1 },
})
const happened = (at: number, action: string, name = 'web', node = 'node1') => ({
  ...{ number: at, at, node, kind: 'container', action, name, detail: '' },
})
const size = { width: 100, height: 10 }

test('one look is no line; two are', () => {
  expect(readTimeline([use(1000, 1, 0, 0)], container, [], 'node1')).toBeNull()
  const line = readTimeline([use(60_000, 32, 0, 0), use(62_000, 64, 20, 5)], container, [], 'node1')
  expect(line?.moments).toEqual([
    { at: 60_000, memory: 32 * mib, held: null },
    { at: 62_000, memory: 64 * mib, held: 0.25 },
  ])
  expect(line && linePath(line, ({ memory }) => memory / line.top, size)).toBe('M96.7 5.0L100.0 0.0')
  expect(line && linePath(line, ({ held }) => held, size)).toBe('M100.0 7.5')
})

test('a line is broken where nobody looked, and counters that begin anew say nothing', () => {
  const uses = [use(0, 1, 50, 50), use(2000, 1, 60, 60), use(30_000, 1, 10, 2), use(32_000, 1, 30, 2)]
  const line = readTimeline(uses, container, [], 'node1')
  expect(line?.moments.map(({ held }) => held)).toEqual([null, 1, null, 0])
  expect(line && linePath(line, () => 0, size).match(/M/g)).toHaveLength(2)
})

test('what the kernel ended is marked, of this container on this node, also after the last look', () => {
  const uses = [use(0, 1, 0, 0), use(2000, 60, 0, 0)]
  const list = [
    happened(3000, 'oom'),
    happened(3000, 'oom', 'db'),
    happened(3000, 'oom', 'web', 'node2'),
    happened(3001, 'die'),
  ]
  const line = readTimeline(uses, container, list, 'node1')
  expect([line?.to, line?.ooms]).toEqual([3000, [3000]])
})

test('without a limit the picture is as high as what was seen; what is long ago goes', () => {
  const free = { name: 'web', limits: { memory: null, cpus: null, pids: null } }
  const line = readTimeline([use(0, 500, 0, 0), use(400_000, 10, 9, 9), use(402_000, 20, 99, 99)], free, [], 'node1')
  expect(line?.moments.map(({ memory, held }) => [memory / mib, held])).toEqual([
    [10, null],
    [20, null],
  ])
  expect(line?.top).toBe(24 * mib)
  let uses: Use[] = []
  for (let i = 0; i < 500; i++) uses = noteUse(uses, use(i, 1, 0, 0))
  expect(uses).toHaveLength(160)
})
