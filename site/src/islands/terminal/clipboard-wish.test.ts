/** Protects: programs fill the clipboard with text of a bounded length and without control characters, and read nothing. */
import { expect, test } from 'vitest'
import { maxCopy, readClipboardWish } from './clipboard-wish.ts'

const wish = (text: string, where = 'c') => `${where};${Buffer.from(text).toString('base64')}`

test('a text is read, from vim, from tmux, with letters of any kind', () => {
  expect(readClipboardWish(wish('docker ps'))).toEqual({ text: 'docker ps' })
  expect(readClipboardWish(wish('größe 🐳\n\tnext', ''))).toEqual({ text: 'größe 🐳\n\tnext' })
  expect(readClipboardWish(wish('x', 'pc'))).toEqual({ text: 'x' })
})

test('what reads, empties, is broken or is too long does nothing', () => {
  for (const data of ['c;?', 'c;', 'c', '', 'c;!', 'c;@@@@', 'c;A', 'c;YQ==;YQ=='])
    expect(readClipboardWish(data), data).toBeNull()
  expect(readClipboardWish(wish('x'.repeat(maxCopy)))).toEqual({ text: 'x'.repeat(maxCopy) })
  expect(readClipboardWish(wish('x'.repeat(maxCopy + 1)))).toBe('too long')
  expect(readClipboardWish(wish('x'.repeat(5 * maxCopy)))).toBe('too long')
})

test('control characters do not come along', () => {
  expect(readClipboardWish(wish('a\u001b[200~\u0007\u009b1\r\nrm\u0000'))).toEqual({ text: 'a[200~1\nrm' })
  expect(readClipboardWish(wish('\u001b'))).toBeNull()
})
