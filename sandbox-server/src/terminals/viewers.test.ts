/** Protects: a program that opens sockets without end is refused, and room comes back when sockets close. */
import { expect, test } from 'vitest'
import { maxViewers, Viewers } from './viewers.ts'

test('a terminal has room for so many viewers, and again when one has left', () => {
  const viewers = new Viewers()
  const leave = Array.from({ length: maxViewers.terminal }, () => viewers.join('main'))
  expect(() => viewers.join('main')).toThrow(/too many windows/)
  viewers.join('t2')
  leave[0]?.()
  leave[0]?.()
  viewers.join('main')
  expect(() => viewers.join('main')).toThrow(/too many windows/)
})

test('so does a session, whatever is looked at', () => {
  const viewers = new Viewers()
  const leave = Array.from({ length: maxViewers.session }, (_, i) => viewers.join(i % 2 === 0 ? null : `t${i}`))
  expect(() => viewers.join(null)).toThrow(/too many windows/)
  expect(() => viewers.join('t99')).toThrow(/too many windows/)
  for (const each of leave) each()
  viewers.join(null)
})
