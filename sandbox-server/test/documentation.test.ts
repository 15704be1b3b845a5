/** Holds the table of errors, the code that uses it, the settings and the documentation together. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { settings } from '../src/settings.ts'
import { errorCodes, errors } from '../src/contract/errors.ts'

const server = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(server, 'README.md'), 'utf8')
/** Prettier aligns the columns. */
const squeeze = (line: string) => line.replaceAll(/ +/g, ' ')
const rows = (heading: string) => {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  return section.split('\n').flatMap((line) => (line.startsWith('| `') ? [squeeze(line)] : []))
}

test('the README lists exactly the errors of the table, as the table has them', () => {
  const expected = errorCodes.map((code) => {
    const { status, close, retry, message } = errors[code]
    return `| \`${code}\` | ${status} | ${close} | ${retry ? 'yes' : 'no'} | ${message} |`
  })
  expect(rows('Errors')).toEqual(expected.map(squeeze))
})

test('the README lists exactly the settings that are read, with their defaults', () => {
  const expected = Object.entries(settings.shape).map(([name, schema]) => {
    const standard = (schema.def as { defaultValue?: string }).defaultValue
    return `| \`${name}\` | ${standard === undefined || standard === '' ? '' : `\`${standard}\``} | ${schema.description ?? ''} |`
  })
  expect(rows('Settings')).toEqual(expected.map(squeeze))
})

test('every error of the table is used, and each one tells a person something', () => {
  const sources = readdirSync(path.join(server, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('contract'))
    .map((name) => readFileSync(path.join(server, 'src', name), 'utf8'))
    .join('\n')
  for (const code of errorCodes) expect(sources, code).toContain(`'${code}'`)
  for (const code of errorCodes) expect(errors[code].message).toMatch(/^[A-Z].{15,}\.$/)
  const tellApart = errorCodes.map((code) => errors[code].close)
  expect(tellApart.every((close) => close >= 4400 && close <= 4999)).toBe(true)
})
