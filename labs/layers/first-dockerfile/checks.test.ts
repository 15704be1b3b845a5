/** Whose health check it is, and whether it asks the app; and shells that hand on what stands behind the image. */
import { contextOf, inspected, pretendNode, printed, wordOf } from '@drydock/kit/testing'
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
  const Health = { Status: status, Log: [{ ExitCode: status === 'healthy' ? 0 : 1, Output: 'not well' }] }
  const book = inspected({ Name: '/logbook', State: { Health }, Config: { Image: 'logbook', Healthcheck } })
  const image = { Id: 'sha256:1', Size: 1, RootFS: {}, Config: ofImage ? { Healthcheck } : {} }
  const node1 = pretendNode({
    get: async (path) => (path.startsWith('/images/') ? image : book),
    exec: async () => printed('', log),
  })
  const outcome = await checks.healthy(contextOf(node1))
  return wordOf(outcome)
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
  const node1 = pretendNode({
    async get(path) {
      if (path.startsWith('/images/')) return image
      if (path.startsWith('/system/df')) return { BuildCache: [] }
      return inspected({ Name: '/serves', Config: { Image: 'logbook' } })
    },
    exec: async (argv) => ({
      code: 0,
      stdout: argv.includes('--version') ? 'logbook 1.0\n' : argv[0] === 'du' ? '1' : '',
      stderr: '',
      truncated: false,
    }),
  })
  const outcome = await checks.arguments(contextOf(node1))
  return wordOf(outcome)
}

test.each([
  ['no shell', ['python', 'app.py'], 'pass'],
  ['a shell that hands them on', ['/bin/sh', '-c', 'exec python app.py "$@"', 'logbook'], 'pass'],
  ['a shell that drops them', ['/bin/sh', '-c', 'python app.py'], 'brackets'],
  ['a shell that drops them, with a variable', ['/bin/sh', '-c', 'python app.py --port $PORT'], 'brackets'],
])('arguments and %s', async (_name, entrypoint, expected) => {
  expect(await args(entrypoint)).toBe(expected)
})
