/** The ways from a container to a file of the machine: a mount, its processes, its devices. */
import { contextOf, inspected, pretendNode, printed, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const key = 'qwertyuiopasdfghjklzxcvb'

interface Proof {
  mount?: string
  host?: { PidMode?: string; Privileged?: boolean }
  command?: string[]
  log?: string
}

async function root({ mount, host = {}, command = ['cat'], log = key }: Proof): Promise<string | undefined> {
  const proof = inspected({
    ...{
      Name: '/proof',
      State: { Status: 'exited' },
      Config: { Image: 'busybox:1.37', Cmd: command },
      HostConfig: host,
    },
    Mounts: mount === undefined ? [] : [{ Type: 'bind', Source: mount, Destination: '/host', RW: true }],
  })
  const node1 = pretendNode({
    get: async () => proof,
    exec: async () => printed(log),
    read: async () => key,
  })
  const outcome = await checks.root(contextOf(node1))
  return wordOf(outcome)
}

test.each<[string, Proof, string]>([
  ['the folder', { mount: '/etc' }, 'pass'],
  ['the whole machine', { mount: '/' }, 'pass'],
  ['the file alone', { mount: '/etc/harbour.key' }, 'pass'],
  ['another folder', { mount: '/etc/ssl' }, 'really'],
  ['its processes', { host: { PidMode: 'host' } }, 'pass'],
  ['its devices', { host: { Privileged: true } }, 'pass'],
  ['nothing, and the key was typed', { command: ['echo', key] }, 'really'],
  ['the folder, and the key was typed', { mount: '/etc', command: ['echo', key] }, 'really'],
  ['the folder, and nothing was read', { mount: '/etc', log: '' }, 'command'],
  ['nothing, and nothing was read', { log: '' }, 'mount'],
])('what proof was given of the machine: %s', async (_name, proof, expected) => {
  expect(await root(proof)).toBe(expected)
})
