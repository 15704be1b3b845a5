/** web.log is a copy of what `web` wrote, in whatever form `docker logs` prints it. */
import type { Node } from '@drydock/kit'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const line = '172.17.0.1 - - [24/Nov/2026:04:00:00 +0000] "GET /treasure HTTP/1.1" 404 146 "-" "curl/8.14.1"'

async function says(file: string): Promise<string | undefined> {
  const node1: Node = {
    name: 'node1',
    folder: '/root/pier',
    get: () => Promise.reject(new Error('not asked')),
    exec: async () => ({ code: 0, stdout: `${line}\n`, stderr: '', truncated: false }),
    read: async () => file,
  }
  const outcome = await checks.log({ node1, nodes: [node1], values: {}, seed: 1, scratch: 'drydock-check-1-' })
  return outcome.status === 'fail' ? outcome.hint : outcome.status
}

test.each([
  ['plain', `${line}\n`, 'pass'],
  ['with time stamps (-t)', `2026-11-24T04:00:00.123456789Z ${line}\n`, 'pass'],
  ['through a terminal that ends lines its own way', `${line}\r\n`, 'pass'],
  ['made up', `${line.replace('treasure', 'gold')}\n`, 'real'],
])('web.log %s', async (_name, file, expected) => {
  expect(await says(file)).toBe(expected)
})
