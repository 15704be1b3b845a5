/** Protects: what a newer build replaced goes when nothing runs on it any more, and not before. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDockerRuntime } from '../../sandbox-server/src/runtime/docker/docker-runtime.ts'
import { openInstance } from '../instance.ts'
import { loadPrepared } from './prepared.ts'
import { findUnused, removeUnused } from './prune.ts'

const instance = openInstance(path.resolve(import.meta.dirname, '../..'), process.env.DRYDOCK_STATE)
const ignore = () => undefined
const runtime = createDockerRuntime({ instance, logger: { warn: ignore, error: ignore } })

test('a golden tree and a node image stay while a node uses them', async () => {
  const prepared = loadPrepared(instance)
  if (!prepared) throw new Error('no images')
  const session = randomBytes(6).toString('hex')
  onTestFinished(() => runtime.remove(session))
  const limits = { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 512 }
  const spec = { session, lab: 'test/prune', learner: 'test', created_at: Date.now(), seed: 1, nodes: 1, limits }
  await runtime.start(
    { ...spec, network: 'none', folder: 'work' },
    { signal: AbortSignal.timeout(60_000), progress: ignore },
  )
  // As after a build that made all anew.
  const newer = { ...prepared, golden: 'newer', node_image: 'drydock/node:newer' }
  const old = path.join(instance.golden, '0123456789ab')
  mkdirSync(old)
  const golden = path.join(instance.golden, prepared.golden)
  const unused = async () =>
    (await findUnused(instance, newer, new Set())).map((each) => Object.values(each)[0] as string)
  const during = await unused()
  expect(during).toContain(old)
  expect(during).not.toContain(golden)
  expect(during).not.toContain(prepared.node_image)
  await removeUnused(instance, [{ path: old }])
  expect(existsSync(old)).toBe(false)
})
