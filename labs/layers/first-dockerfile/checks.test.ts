/** Whose health check it is, and whether it asks the app; and shells that hand on what stands behind the image. */
import type { Node } from '@drydock/kit'
import { expect, test } from 'vitest'
import checks from './checks.ts'

interface Check {
  /** The check of the container. */
  test: string
  /** False: the container was given it, its image knows of none. */
  ofImage?: boolean
  status?: string
  log?: string
}

async function healthy({ test, ofImage = true, status = 'healthy', log = '' }: Check): Promise<string | undefined> {
  const Healthcheck = { Test: ['CMD-SHELL', test] }
  const book = {
    Id: 'ab12',
    Name: '/logbook',
    Created: '2026-01-01T00:00:00Z',
    Image: 'sha256:1',
    State: {
      Status: 'running',
      OOMKilled: false,
      ExitCode: 0,
      Pid: 42,
      StartedAt: '2026-01-01T00:00:01Z',
      FinishedAt: '',
      Health: { Status: status, Log: [{ ExitCode: status === 'healthy' ? 0 : 1, Output: 'not well' }] },
    },
    Config: { Image: 'logbook', Healthcheck },
    HostConfig: {},
    NetworkSettings: {},
  }
  const image = { Id: 'sha256:1', Size: 1, RootFS: {}, Config: ofImage ? { Healthcheck } : {} }
  const node1: Node = {
    name: 'node1',
    folder: '/root/logbook',
    get: async (path) => (path.startsWith('/images/') ? image : book),
    exec: async () => ({ code: 0, stdout: '', stderr: log, truncated: false }),
    read: () => Promise.reject(new Error('not asked')),
  }
  const outcome = await checks.healthy({ node1, nodes: [node1], values: {}, seed: 1, scratch: 'drydock-check-1-' })
  return outcome.status === 'fail' ? outcome.hint : outcome.status
}

const line = (from: string) => `${from} - - [26/Nov/2026 18:00:00] "GET /health HTTP/1.1" 200 -\n`

test.each<[string, Check, string]>([
  ['asks by its name', { test: 'python app.py --ping' }, 'pass'],
  ['is a script that asks', { test: 'check', log: line('172.17.0.1') + line('127.0.0.1') }, 'pass'],
  ['asks nothing', { test: 'exit 0', log: line('172.17.0.1') }, 'check'],
  ['belongs to this container alone', { test: 'python app.py --ping', ofImage: false }, 'check'],
  ['finds no tool', { test: 'curl http://localhost:8000/health', status: 'unhealthy' }, 'tool'],
])('a health check that %s', async (_name, check, expected) => {
  expect(await healthy(check)).toBe(expected)
})

/** A container that runs what its image says: `--version` is printed by whoever hands it on. */
async function args(entrypoint: string[]): Promise<string | undefined> {
  const image = { Id: 'sha256:1', Size: 1, RootFS: {}, Config: { Entrypoint: entrypoint } }
  const state = { Status: 'running', OOMKilled: false, ExitCode: 0, Pid: 42, StartedAt: '', FinishedAt: '' }
  const rest = { HostConfig: {}, NetworkSettings: {}, Created: '2026-01-01T00:00:00Z', Image: 'sha256:1' }
  const node1: Node = {
    name: 'node1',
    folder: '/root/logbook',
    async get(path) {
      if (path.startsWith('/images/')) return image
      if (path.startsWith('/system/df')) return { BuildCache: [] }
      return { Id: 'ab12', Name: '/serves', State: state, Config: { Image: 'logbook' }, ...rest }
    },
    exec: async (argv) => ({
      code: 0,
      stdout: argv.includes('--version') ? 'logbook 1.0\n' : argv[0] === 'du' ? '1' : '',
      stderr: '',
      truncated: false,
    }),
    read: () => Promise.reject(new Error('not asked')),
  }
  const outcome = await checks.arguments({ node1, nodes: [node1], values: {}, seed: 1, scratch: 'drydock-check-1-' })
  return outcome.status === 'fail' ? outcome.hint : outcome.status
}

test.each([
  ['no shell', ['python', 'app.py'], 'pass'],
  ['a shell that hands them on', ['/bin/sh', '-c', 'exec python app.py "$@"', 'logbook'], 'pass'],
  ['a shell that drops them', ['/bin/sh', '-c', 'python app.py'], 'brackets'],
  ['a shell that drops them, with a variable', ['/bin/sh', '-c', 'python app.py --port $PORT'], 'brackets'],
])('arguments and %s', async (_name, entrypoint, expected) => {
  expect(await args(entrypoint)).toBe(expected)
})
