/** The wheels that learners install are made from the sources beside them, byte for byte. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildWheels } from './build-wheels.ts'

const folder = path.join(import.meta.dirname, '../files/wheels')

test('files/wheels is what build-wheels.ts makes', () => {
  const made = buildWheels()
  expect(readdirSync(folder).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [name, content] of made) expect(readFileSync(path.join(folder, name)).equals(content)).toBe(true)
})
