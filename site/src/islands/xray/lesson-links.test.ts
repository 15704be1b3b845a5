/** Protects: the X-ray's links lead to lessons that are on the site. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { engineLesson, explained } from './lesson-links.ts'

test('every lesson that is linked is in the curriculum', () => {
  const file = path.resolve(import.meta.dirname, '../../../../lessons/curriculum.yaml')
  const { topics } = parse(readFileSync(file, 'utf8')) as { topics: { lessons: string[] }[] }
  const there = new Set(topics.flatMap(({ lessons }) => lessons).map((id) => `/${id}/`))
  const linked = [engineLesson, ...Object.values(explained).map(({ lesson }) => lesson)]
  for (const { href } of linked) expect(there, href).toContain(href)
})
