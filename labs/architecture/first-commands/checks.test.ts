/** web.log is a copy of what `web` wrote, in whatever form `docker logs` prints it; and what else is right without being ours. */
import { NotFound, type CheckContext } from '@drydock/kit'
import { contextOf, inspected, pretendNode, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const line = '172.17.0.1 - - [24/Nov/2026:04:00:00 +0000] "GET /treasure HTTP/1.1" 404 146 "-" "curl/8.14.1"'

async function says(file: string): Promise<string | undefined> {
  const node1 = pretendNode({
    exec: async () => ({ code: 0, stdout: `${line}\n`, stderr: '', truncated: false }),
    read: async () => file,
  })
  const outcome = await checks.log(contextOf(node1))
  return wordOf(outcome)
}

test.each([
  ['plain', `${line}\n`, 'pass'],
  ['with time stamps (-t)', `2026-11-24T04:00:00.123456789Z ${line}\n`, 'pass'],
  ['through a terminal that ends lines its own way', `${line}\r\n`, 'pass'],
  ['made up', `${line.replace('treasure', 'gold')}\n`, 'real'],
])('web.log %s', async (_name, file, expected) => {
  expect(await says(file)).toBe(expected)
})

interface World {
  name: string
  state?: string
  log?: string
  /** Port in the container to port of the host. */
  ports?: Record<string, string>
  status?: number
}

function lab({ name, state = 'running', log = '', ports = {}, status = 0 }: World): CheckContext {
  const Ports = Object.fromEntries(
    Object.entries(ports).map(([port, host]) => [port, [{ HostIp: '', HostPort: host }]]),
  )
  const made = inspected({
    ...{ Name: `/${name}`, State: { Status: state }, Config: { Image: 'busybox:1.37' }, NetworkSettings: { Ports } },
  })
  const node1 = pretendNode({
    async get(path) {
      if (path === `/containers/${name}/json`) return made
      throw new NotFound(path)
    },
    exec: async ([program]) => ({
      code: 0,
      stdout: program === 'docker' ? log : `\n${status}`,
      stderr: '',
      truncated: false,
    }),
  })
  return contextOf(node1)
}

test.each<[string, World, string]>([
  ['and ended', { name: 'hello', state: 'exited', log: 'ahoy\n' }, 'pass'],
  ['and goes on saying it', { name: 'hello', log: 'ahoy\nahoy\n' }, 'pass'],
  ['nothing so far', { name: 'hello' }, 'command'],
  ['it never, being created alone', { name: 'hello', state: 'created', log: '' }, 'command'],
])('hello said ahoy %s', async (_name, world, expected) => {
  const outcome = await checks.hello(lab(world))
  expect(wordOf(outcome)).toBe(expected)
})

test.each<[string, World, string]>([
  ['as usual', { name: 'web', ports: { '80/tcp': '8080' }, status: 200 }, 'pass'],
  ['with nginx at another port', { name: 'web', ports: { '8080/tcp': '8080' }, status: 200 }, 'pass'],
  ['at a port where nobody listens', { name: 'web', ports: { '8080/tcp': '8080' } }, 'order'],
  ['the wrong way round', { name: 'web', ports: { '8080/tcp': '80' }, status: 200 }, 'order'],
  ['not at all, somebody else answers', { name: 'web', status: 200 }, 'replace'],
  ['and broken', { name: 'web', ports: { '80/tcp': '8080' }, status: 502 }, 'command'],
])('web published %s', async (_name, world, expected) => {
  const outcome = await checks.publish(lab(world))
  expect(wordOf(outcome)).toBe(expected)
})
