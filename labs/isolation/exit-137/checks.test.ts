/** verdict.txt is what a person writes: who and what, in whatever form. */
import type { Node } from '@drydock/kit'
import { expect, test } from 'vitest'
import checks from './checks.ts'

async function verdict(text: string): Promise<string | undefined> {
  const node1: Node = {
    name: 'node1',
    folder: '/root/office',
    get: () => Promise.reject(new Error('not asked')),
    exec: () => Promise.reject(new Error('not asked')),
    read: async () => text,
  }
  const values = { roles: 'sorter-press-stamper' }
  const outcome = await checks.verdict({ node1, nodes: [node1], values, seed: 1, scratch: 'drydock-check-1-' })
  return outcome.status === 'fail' ? outcome.hint : outcome.status
}

test.each([
  ['as the file asks', 'press: kill\nsorter: kernel\nstamper: stop\n', 'pass'],
  [
    'with reasons',
    '- sorter = Kernel (out of memory)\n- press: kill, by a docker kill\n- stamper: stop, then KILL\n',
    'pass',
  ],
  ['in one line', 'sorter kernel, press kill, stamper stop', 'pass'],
  ['two of them changed', 'press: stop\nsorter: kernel\nstamper: kill\n', 'signals'],
  ['all words for each', 'press: kernel kill stop\nsorter: kernel kill stop\nstamper: kernel kill stop\n', 'command'],
  ['unchanged', 'press: ?\nsorter: ?\nstamper: ?\n', 'look'],
])('verdict.txt %s', async (_name, text, expected) => {
  expect(await verdict(text)).toBe(expected)
})
