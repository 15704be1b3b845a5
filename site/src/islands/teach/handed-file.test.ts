/** Protects: a file that the page lets through is one that the server takes, whatever it is called. */
import { handFile } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import { maxHandedText, nameHanded } from './handed-file.ts'

test.each(['app.py', '../../etc/pass wd;$(x).txt', '.env', '日本', '', 'a'.repeat(300), '--rm'])('%s', (name) => {
  expect(handFile.safeParse({ name: nameHanded(name), text: '' }).success).toBe(true)
})

test('as much as the server takes, and not a character more', () => {
  const take = (length: number) => handFile.safeParse({ name: 'a', text: 'x'.repeat(length) }).success
  expect([take(maxHandedText), take(maxHandedText + 1)]).toEqual([true, false])
})
