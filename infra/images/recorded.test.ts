/** Protects: recorded versions are asked for, what is really installed is read, and what differs is said. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compareVersions, describeDifferences, pinsFor, readVersions } from './recorded.ts'

const recorded = {
  releases: { trixie: { bash: '5.2-1', curl: '8.14.1-2', git: '1:2.47.3-0', jq: '1.7', less: '668' } },
}

test('every recorded version of a release is pinned above all others', () => {
  expect(pinsFor(recorded, 'trixie')).toContain('Package: git\nPin: version 1:2.47.3-0\nPin-Priority: 1001\n')
  expect(pinsFor(recorded, 'bookworm')).toBe('')
})

test('only what is installed counts, and a tree without packages has none', () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'drydock-'))
  onTestFinished(() => rmSync(tree, { recursive: true }))
  expect(readVersions(tree)).toEqual({})
  mkdirSync(path.join(tree, 'var/lib/dpkg'), { recursive: true })
  const paragraph = (name: string, status: string) =>
    `Package: ${name}\nStatus: ${status}\nVersion: 1:2-3\nDescription: x\n a line\n`
  const text = [paragraph('here', 'install ok installed'), paragraph('gone', 'deinstall ok config-files')].join('\n')
  writeFileSync(path.join(tree, 'var/lib/dpkg/status'), text)
  expect(readVersions(tree)).toEqual({ here: '1:2-3' })
})

test('what differs from the record is said, a few by name; what is new is not', () => {
  const used = { releases: { trixie: { bash: '5.2-1', curl: '8.14.1-3', git: '2', jq: '2', less: '2', new: '1' } } }
  const differences = compareVersions(recorded, used)
  expect(differences).toHaveLength(4)
  expect(describeDifferences(differences)).toMatch(/curl 8\.14\.1-3 for 8\.14\.1-2, .*, and 1 more$/)
  expect(describeDifferences([])).toBe('')
})
