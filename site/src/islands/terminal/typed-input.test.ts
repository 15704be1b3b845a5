/** Protects: after a lost line just what did not arrive is typed again, and never what may have arrived. */
import { expect, it } from 'vitest'
import { TypedInput } from './typed-input.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (taken: Uint8Array) => new TextDecoder().decode(taken)

function typed(words: string) {
  const input = new TypedInput()
  input.add(bytes(words))
  return input
}

it('sends each byte once while the line holds', () => {
  const input = typed('ls')
  expect(text(input.take())).toBe('ls')
  expect(text(input.take())).toBe('')
  input.add(bytes('\r'))
  expect(text(input.take())).toBe('\r')
  input.confirm(3)
  input.resume(3)
  expect(text(input.take())).toBe('')
})

it('sends the rest after a loss: what had not arrived, and what was typed meanwhile', () => {
  const input = typed('rm -r')
  input.take()
  input.confirm(2)
  input.add(bytes(' old'))
  expect(input.waiting).toBe(4)
  input.resume(4)
  expect(text(input.take())).toBe('r old')
})

it('does not repeat what a restarted server may have typed, and keeps what was never sent', () => {
  const input = typed('abc')
  input.take()
  input.confirm(1)
  input.add(bytes('xyz'))
  input.resume(0)
  expect(text(input.take())).toBe('xyz')
  input.confirm(3)
  input.add(bytes('!'))
  input.take()
  input.resume(3)
  expect(text(input.take())).toBe('!')
})

it('forgets what waits when it is told to, and not what is under way', () => {
  const input = typed('ab')
  input.take()
  input.add(bytes('cd'))
  input.discard()
  input.resume(1)
  expect(text(input.take())).toBe('b')
})
