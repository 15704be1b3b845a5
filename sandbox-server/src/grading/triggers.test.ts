/** When a terminal makes us look: soon after a command has ended, however long it was silent, and seldom for what prints by itself. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTriggers, pace, type Triggers } from './triggers.ts'

let looks: number[] = []
let began = 0
let triggers: Triggers

beforeEach(() => {
  vi.useFakeTimers()
  looks = []
  began = Date.now()
  triggers = openTriggers({
    nodes: [],
    onTrigger: () => looks.push(Date.now() - began),
    onNodeEngine: () => undefined,
    ignore: () => false,
  })
})
afterEach(() => {
  triggers.stop()
  vi.useRealTimers()
})

test('a look follows when what a command prints has come to its end', () => {
  triggers.noteInput()
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(pace.quiet / 2)
    triggers.noteOutput()
  }
  expect(looks).toEqual([])
  vi.advanceTimersByTime(pace.quiet)
  expect(looks).toEqual([5 * pace.quiet + pace.quiet])
})

test('a command that is silent for long is looked at when its end is told, and not first at the next poll', () => {
  triggers.noteInput()
  vi.advanceTimersByTime(3000)
  looks = []
  triggers.noteOutput()
  vi.advanceTimersByTime(pace.quiet)
  expect(looks).toEqual([3000 + pace.quiet])
})

test('a program that prints once a second by itself is looked at now and then', () => {
  triggers.noteInput()
  for (let second = 0; second < 50; second++) {
    vi.advanceTimersByTime(1000)
    triggers.noteOutput()
  }
  expect(looks.length).toBeGreaterThanOrEqual(50_000 / pace.poll)
  expect(looks.length).toBeLessThanOrEqual(50_000 / pace.poll + 3)
})

test('what is printed long after the last input, or after the end, makes nobody look', () => {
  triggers.noteInput()
  vi.advanceTimersByTime(pace.active + pace.poll)
  looks = []
  triggers.noteOutput()
  vi.advanceTimersByTime(pace.poll)
  triggers.stop()
  triggers.noteInput()
  triggers.noteOutput()
  vi.advanceTimersByTime(pace.poll)
  expect(looks).toEqual([])
})
