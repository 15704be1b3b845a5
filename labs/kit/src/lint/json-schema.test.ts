/** Editors complete `lab.yaml` from a file; it must say what the schema says. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { jsonSchema, schemaFile } from './json-schema.ts'

test('the committed JSON schema is up to date: `npm run labs -- schema` writes it', async () => {
  const committed = await readFile(path.resolve(import.meta.dirname, '../../..', schemaFile), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(jsonSchema())))
})
