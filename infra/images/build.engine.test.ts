/** Protects: a second build from the same package files gives the same bytes, and a recorded version that no mirror has any more is replaced, and said. */
import { mkdtempSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openInstance } from '../instance.ts'
import { run } from '../process.ts'
import { buildLayers } from './build-layers.ts'
import { loadDefinitions } from './definition.ts'
import { loadLayer } from './layers.ts'
import { createPackageStore } from './package-lists.ts'
import { compareVersions, pinsFor, readVersions, type Recorded } from './recorded.ts'

const instance = openInstance(path.resolve(import.meta.dirname, '../..'), process.env.DRYDOCK_STATE)
const layersFolder = path.join(instance.build, 'layers')
/** A root file system of its own, an image on top of it, and one without it. */
const ids = ['debian', 'redis-8', 'busybox']

/** As this instance's own build has made it. */
function madeBefore(id: string) {
  const folder = readdirSync(layersFolder).find((name) => name.replace(/-[0-9a-f]{16}$/, '') === id)
  const layer = loadLayer(path.join(layersFolder, folder ?? id))
  if (!layer) throw new Error(`there is no layer of ${id}`)
  return layer
}

test(
  'the same package files give the same digests; a version that is gone is replaced',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(path.join(instance.state, 'build-test-'))
    onTestFinished(async () => void (await run('rm', ['-rf', '--one-file-system', folder])))
    const before = ids.map(madeBefore)
    const versions = Object.assign({}, ...before.map((layer) => readVersions(layer.tree))) as Record<string, string>
    const gone = '5:8.0.0-0gone'
    const recorded: Recorded = { releases: { trixie: { ...versions, 'redis-server': gone } } }
    const said: string[] = []
    const plan = loadDefinitions(import.meta.dirname).filter(({ id }) => ids.includes(id))
    const layers = await buildLayers(
      plan.map((definition) => ({ definition, key: 'test' })),
      {
        ...{ folder, logs: path.join(folder, 'logs'), signal: AbortSignal.timeout(580_000), log: () => undefined },
        packages: createPackageStore(path.join(instance.build, 'packages'), { fresh: false }),
        pins: ({ release }) => pinsFor(recorded, release),
        report: (text) => said.push(text),
      },
    )
    expect(said[0]).toBe('1 of 3: debian:13-slim')
    const after = ids.map((id) => layers.get(id)?.at(-1))
    expect(after.map((layer) => layer?.digest)).toEqual(before.map((layer) => layer.digest))
    const used: Recorded = { releases: { trixie: readVersions(after[1]?.tree ?? '') } }
    expect(compareVersions(recorded, used)).toEqual([
      { package: 'redis-server', recorded: gone, used: versions['redis-server'] },
    ])
  },
)
