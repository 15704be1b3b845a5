/** One command at a time changes an instance, and a dead holder holds nobody up. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Instance } from '../instance.ts'
import { takeLock } from './lock.ts'

let instance: Instance
beforeEach(() => {
  instance = { state: mkdtempSync(path.join(tmpdir(), 'drydock-lock-')) } as Instance
})
afterEach(() => rmSync(instance.state, { recursive: true }))

test('the second is refused with the name of the first, until the first lets go', () => {
  const release = takeLock(instance, 'start')
  expect(() => takeLock(instance, 'clean')).toThrow(/npm run start/)
  release()
  takeLock(instance, 'clean')()
  expect(readdirSync(instance.state)).toEqual([])
})

test('a lock whose process is gone is taken over', () => {
  writeFileSync(path.join(instance.state, 'command.lock'), JSON.stringify({ pid: 2 ** 22 + 1, command: 'start' }))
  takeLock(instance, 'clean')()
  expect(readdirSync(instance.state)).toEqual([])
})
