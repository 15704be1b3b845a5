/** Protects: a lab counts as hidden only while every page of it is, and whoever comes back is noticed. */
import { expect, test } from 'vitest'
import { Attention } from './attention.ts'

test('pages come, hide, come back and leave', () => {
  let returns = 0
  let now = 0
  const attention = new Attention(
    () => returns++,
    () => now,
  )
  expect(attention.hidden).toBe(false)
  const first = attention.open()
  const second = attention.open()
  first.show(false)
  expect(attention.hidden).toBe(false)
  second.show(false)
  expect(attention.hidden).toBe(true)
  second.show(true)
  expect([attention.hidden, returns]).toEqual([false, 1])
  second.close()
  expect(attention.hidden).toBe(true)
  // A page that is opened anew is somebody who looks.
  attention.open().close()
  expect(returns).toBe(2)
  first.close()
  // Its connection may be back in a moment.
  expect(attention.hidden).toBe(true)
  now += 301_000
  expect(attention.hidden).toBe(false)
})
