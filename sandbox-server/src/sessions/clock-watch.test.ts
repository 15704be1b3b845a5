/** Protects: a clock that is set is noticed once, and time that passes is not. */
import { expect, test } from 'vitest'
import { ClockWatch } from './clock-watch.ts'

test('time passes, the clock drifts, the clock is set', () => {
  let wall = 1_000_000
  let steady = 0
  const pass = (ms: number) => {
    wall += ms
    steady += ms
  }
  const watch = new ClockWatch(
    () => wall,
    () => steady,
  )
  pass(3_600_000)
  wall += 900
  expect(watch.look()).toBe(0)
  wall += 7_200_000
  expect(watch.look()).toBe(7_200_900)
  pass(5000)
  expect(watch.look()).toBe(0)
  wall -= 86_400_000
  expect(watch.look()).toBe(-86_400_000)
  expect(watch.look()).toBe(0)
})
