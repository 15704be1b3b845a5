/** Protects: gauges say what is used of what limit, and how much CPU it is now, not since the start. */
import { expect, test } from 'vitest'
import { readGauges } from './gauges.ts'

const use = { at: 1000, memory: 32 * 2 ** 20, cpu_ns: 5e9, periods: 100, held_back: 40, pids: 3 }
const limits = { memory: 64 * 2 ** 20, cpus: 0.5, pids: null }

test('memory and processes at the first look, CPU from the second on', () => {
  expect(readGauges({ limits }, use, null)).toEqual([
    { what: 'Memory', text: '32 MiB of 64 MiB', share: 0.5 },
    { what: 'Processes', text: '3, no limit', share: null },
  ])
  const later = { ...use, at: 3000, cpu_ns: 6e9, periods: 120, held_back: 59 }
  expect(readGauges({ limits }, later, use)[1]).toEqual({
    what: 'CPU',
    text: '0.50 of 0.50 CPUs, held back in 19 of 20 periods',
    share: 1,
  })
})

test('a container that was restarted in between begins anew, and more than the limit is full', () => {
  const later = { ...use, at: 3000, cpu_ns: 1, memory: 99 * 2 ** 20 }
  const [memory, next] = readGauges({ limits }, later, use)
  expect(memory?.share).toBe(1)
  expect(next?.what).toBe('Processes')
})
