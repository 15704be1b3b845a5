/** Protects: what a newer build replaced goes when nothing runs on it any more, and not before. */
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { instance, runtime, sessionSpec, startNode } from '../../sandbox-server/test/real-nodes.ts'
import { loadPrepared } from './prepared.ts'
import { findUnused, removeUnused } from './prune.ts'

test('a golden tree and a node image stay while a node uses them', async () => {
  const prepared = loadPrepared(instance)
  if (!prepared) throw new Error('no images')
  const spec = sessionSpec()
  onTestFinished(() => runtime.remove(spec.session))
  await startNode(spec)
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
