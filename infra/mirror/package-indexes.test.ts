/** Protects: packages have the same bytes everywhere, because labs and their lock files name these bytes. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeIndexes } from './package-indexes.ts'
import { buildTarballs } from './tarballs.ts'
import { buildWheels } from './wheels.ts'

test('the wheels that a lab hands out are those of the index', () => {
  const folder = path.join(import.meta.dirname, '../../labs/layers/cache/files/wheels')
  const made = new Map(buildWheels().map((wheel) => [wheel.file, wheel.content]))
  expect(readdirSync(folder).length).toBeGreaterThan(0)
  for (const name of readdirSync(folder))
    expect(readFileSync(path.join(folder, name)).equals(made.get(name) ?? Buffer.alloc(0)), name).toBe(true)
})

test('the tarballs have the bytes that lock files were written with', () => {
  const digests = buildTarballs().map(({ manifest, content }) => [
    `${manifest.name}@${manifest.version}`,
    createHash('sha512').update(content).digest('base64').slice(0, 16),
  ])
  expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
    {
      "foghorn@2.1.0": "94V2MQROetpmhuhi",
      "tide-table@1.0.0": "6ojVZ63vKBbpxZ4C",
      "tide-table@1.1.0": "uiMrb4c3VjGPQCXI",
    }
  `)
})

test('an index names every version, with a digest of what it links to', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'indexes-'))
  try {
    writeIndexes(folder)
    const page = readFileSync(path.join(folder, 'simple/tides/index.html'), 'utf8')
    const [, file = '', digest] = /href="(tides-2\.1\.0[^"#]*)#sha256=([0-9a-f]{64})"/.exec(page) ?? []
    const wheel = readFileSync(path.join(folder, 'simple/tides', file))
    expect(createHash('sha256').update(wheel).digest('hex')).toBe(digest)
    const document = JSON.parse(readFileSync(path.join(folder, 'npm/tide-table/index.json'), 'utf8')) as {
      'dist-tags': { latest: string }
      versions: Record<string, { dist: { tarball: string } }>
    }
    expect(document['dist-tags'].latest).toBe('1.1.0')
    expect(Object.keys(document.versions)).toEqual(['1.0.0', '1.1.0'])
    expect(document.versions['1.1.0']?.dist.tarball).toBe('http://packages/npm/tide-table/-/tide-table-1.1.0.tgz')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
