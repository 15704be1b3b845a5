/** Protects: an image that cannot be built names itself, the step and its log; what others were doing is ended, and a full disk keeps its own words. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { RunError } from '../process.ts'
import { buildLayers } from './build-layers.ts'
import { loadDefinitions } from './definition.ts'
import type { PackageStore } from './package-lists.ts'

async function build(lists: PackageStore['lists']) {
  const top = mkdtempSync(path.join(tmpdir(), 'drydock-layers-'))
  try {
    const images = path.join(top, 'images')
    for (const id of ['first', 'other']) {
      mkdirSync(path.join(images, id), { recursive: true })
      writeFileSync(path.join(images, id, 'image.json'), JSON.stringify({ release: 'trixie', tags: [`${id}:1`] }))
    }
    const plan = loadDefinitions(images).map((definition) => ({ definition, key: '0123456789ab' }))
    const failed = await buildLayers(plan, {
      folder: path.join(top, 'layers'),
      logs: path.join(top, 'logs'),
      packages: { lists },
      pins: () => '',
      signal: new AbortController().signal,
      report: () => undefined,
      log: () => undefined,
    }).catch((error: unknown) => error as Error)
    const file = /The whole log: (.*)$/m.exec(failed instanceof Error ? failed.message : '')?.[1]
    return { failed, log: file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : null, file }
  } finally {
    rmSync(top, { recursive: true })
  }
}

test('the step and the log are named, with the last words of the tool and what to look at', async () => {
  let calls = 0
  const { failed, file, log } = await build((_release, { signal, log }) => {
    // The other one waits, and is ended with it.
    if (++calls > 1)
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
    log?.('E: Could not resolve the mirror\n')
    throw new RunError('apt-get update', 100, 'Get:1 …\nE: Could not resolve the mirror')
  })
  expect(failed).toMatchObject({ name: 'StepError' })
  expect((failed as Error).message).toMatch(
    /^The image 'first:1' could not be built: fetching the package lists of trixie failed\. The package mirror cannot be reached: check the network or the proxy\.\n\n[\s\S]*E: Could not resolve the mirror\n/,
  )
  expect(file).toMatch(/logs\/first\.log$/)
  expect(log).toContain('E: Could not resolve the mirror')
})

test('a full disk is no fault of the image', async () => {
  const { failed } = await build(async () => {
    throw new Error('ENOSPC: no space left on device, write')
  })
  expect((failed as Error).message).toBe('ENOSPC: no space left on device, write')
})
