/** Protects: images are built after what they build on, and an author is told about circles and missing parts. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadDefinitions } from './definition.ts'
import { layerKey } from './layers.ts'

function folderOf(images: Record<string, object>): string {
  const top = mkdtempSync(path.join(tmpdir(), 'images-'))
  for (const [id, json] of Object.entries(images)) {
    mkdirSync(path.join(top, id))
    writeFileSync(path.join(top, id, 'image.json'), JSON.stringify(json))
  }
  return top
}

test('an image comes after the one below it', () => {
  const ids = loadDefinitions(folderOf({ a: { from: 'b' }, b: { from: 'c' }, c: { release: 'trixie' } })).map(
    (each) => each.id,
  )
  expect(ids).toEqual(['c', 'b', 'a'])
})

test('a missing image and a circle are named', () => {
  expect(() => loadDefinitions(folderOf({ a: { from: 'nowhere' } }))).toThrow(
    "builds on 'nowhere', which does not exist",
  )
  expect(() => loadDefinitions(folderOf({ a: { from: 'b' }, b: { from: 'a' } }))).toThrow('builds on it in turn')
})

test('a release is handed on, has to be said once, and cannot change on the way', () => {
  const of = (a: object, b: object) => loadDefinitions(folderOf({ a, b })).map((each) => each.release)
  expect(of({ release: 'bookworm' }, { from: 'a' })).toEqual(['bookworm', 'bookworm'])
  expect(() => of({}, { from: 'a' })).toThrow('must be one of bookworm, trixie')
  expect(() => of({ release: 'potato' }, { from: 'a' })).toThrow("says release 'potato'")
  expect(() => of({ release: 'bookworm' }, { from: 'a', release: 'trixie' })).toThrow(
    "builds on 'a', which is bookworm",
  )
})

test('an image comes after the one that compiles its sources', () => {
  const ids = loadDefinitions(
    folderOf({ a: { from: 'c', compiler: 'gcc' }, c: { release: 'trixie' }, gcc: { from: 'c' } }),
  )
  expect(ids.map((each) => each.id)).toEqual(['c', 'gcc', 'a'])
})

test('a changed file, package list or lower layer makes the layer anew; a changed command does not', () => {
  const top = folderOf({ a: { release: 'trixie', packages: ['curl'] } })
  const [image] = loadDefinitions(top)
  if (!image) throw new Error('no image')
  const before = layerKey(image, '')
  expect(layerKey({ ...image, config: { Cmd: ['sh'] } }, '')).toBe(before)
  expect(layerKey({ ...image, packages: ['curl', 'jq'] }, '')).not.toBe(before)
  expect(layerKey(image, 'other')).not.toBe(before)
  writeFileSync(path.join(top, 'a', 'customize.sh'), 'true\n')
  expect(layerKey(image, '')).not.toBe(before)
})
