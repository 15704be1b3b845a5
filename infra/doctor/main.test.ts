/** Doctor's table knows every capability that a lab may ask for, and says what is lost without each. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { capabilityName } from '@drydock/kit/schema'
import { openInstance } from '../instance.ts'
import { findCapabilities, renderTable } from './main.ts'

const folder = mkdtempSync(`${tmpdir()}/drydock-doctor-`)
const instance = openInstance(folder, folder)
afterAll(() => rmSync(folder, { recursive: true }))

test('every capability of the kit is probed, each with a value and a loss, and nothing is left behind', async () => {
  const before = readdirSync(folder)
  const found = await findCapabilities(instance)
  expect(found.map((c) => c.name)).toEqual(expect.arrayContaining(capabilityName.options))
  for (const capability of found) {
    expect(capability.value, capability.name).not.toBe('')
    expect(capability.value, capability.name).not.toContain('could not be found out')
    expect(capability.without, capability.name).not.toBe('')
  }
  expect(new Set(found.map((c) => c.name)).size).toBe(found.length)
  expect(readdirSync(folder)).toEqual(before)
})

test('the table shows what is lost only where something is missing', () => {
  const row = { value: 'x', without: 'no labs', required: true }
  const table = renderTable(
    [
      { name: 'there', ok: true, ...row },
      { name: 'missing', ok: false, ...row },
    ],
    (_colour, text) => text,
  )
  expect(table.split('\n')).toEqual(['✓ there    x', '✗ missing  x', '           without: no labs'])
})
