/** Protects: output of a node is kept in order and up to the limit, and costs no more memory than its bytes. */
import { expect, test } from 'vitest'
import { ByteBuffer } from './byte-buffer.ts'

test('bytes stay in order; what is too much is left out and said', () => {
  const kept = new ByteBuffer(10)
  for (const text of ['abc', '', 'defg', 'hi']) kept.add(Buffer.from(text))
  expect([kept.bytes().toString(), kept.truncated]).toEqual(['abcdefghi', false])
  kept.add(Buffer.from('jkl'))
  kept.add(Buffer.from('m'))
  expect([kept.bytes().toString(), kept.truncated]).toEqual(['abcdefghij', true])
})

test('a million single bytes keep nothing but a million bytes', () => {
  const kept = new ByteBuffer(2 ** 20)
  const chunk = Buffer.alloc(2 ** 16, 'x').subarray(7, 8)
  for (let i = 0; i < 2 ** 20 + 5; i++) kept.add(chunk)
  expect(kept.bytes().length).toBe(2 ** 20)
  expect(kept.bytes().buffer.byteLength).toBeLessThanOrEqual(2 ** 20)
  expect(kept.truncated).toBe(true)
})
