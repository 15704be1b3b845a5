/** Which images are a learner's own: none of those that each node has from the beginning. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isPreloaded } from './images.ts'

const definitions = path.resolve(import.meta.dirname, '../../../../infra/images')
const tags = globSync('*/image.json', { cwd: definitions })
  .flatMap((file) => (JSON.parse(readFileSync(path.join(definitions, file), 'utf8')) as { tags?: string[] }).tags ?? [])
  // Nodes and mirrors are made of these themselves.
  .filter((tag) => !tag.startsWith('drydock/'))

test('what every node has is nobody’s own', () => {
  expect(tags.length).toBeGreaterThan(10)
  expect(tags.filter((tag) => !isPreloaded(tag))).toEqual([])
})

test.each(['logbook:latest', 'python-harbour:1', 'registry:5000/python:3'])('%s is', (tag) => {
  expect(isPreloaded(tag)).toBe(false)
})
