/** Protects: what a task shows, above all that our own faults and things that wait are never shown as wrong. */
import type { TaskState } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { countDone, decideMark } from './task-status.ts'

const task = (more: Partial<TaskState> = {}): TaskState => ({
  id: 'a',
  type: 'once',
  check: 'observing',
  done: false,
  outcome: null,
  checking: false,
  checked_at: null,
  tries: 0,
  hints_taken: [],
  shown: false,
  ...more,
})
const fail = { status: 'fail', expected: 'x', observed: 'y' } as const

describe('decideMark', () => {
  it('tells the states apart', () => {
    expect(decideMark(undefined)).toBe('idle')
    expect(decideMark(task())).toBe('idle')
    expect(decideMark(task({ checking: true, outcome: fail }))).toBe('checking')
    expect(decideMark(task({ outcome: fail }))).toBe('not-yet')
    expect(decideMark(task({ outcome: { status: 'blocked', by: ['b'] } }))).toBe('blocked')
    expect(decideMark(task({ outcome: { status: 'unavailable', reason: 'r' } }))).toBe('unavailable')
  })
  it('keeps a task done that was done once', () => {
    expect(decideMark(task({ done: true, outcome: fail }))).toBe('done')
    expect(decideMark(task({ done: true, outcome: { status: 'unavailable', reason: 'r' } }))).toBe('done')
  })
  it('calls a guard broken, not "not yet"', () => {
    expect(decideMark(task({ type: 'guard', outcome: fail }))).toBe('broken')
  })
})

describe('countDone', () => {
  it('gives no points for guards, and none of "all" while one is broken', () => {
    const done = task({ done: true })
    expect(countDone([done, task(), task({ type: 'guard', done: true })])).toEqual({
      done: 1,
      shown: 0,
      total: 2,
      all: false,
    })
    expect(countDone([done, task({ type: 'guard', done: false })])).toEqual({ done: 1, shown: 0, total: 1, all: false })
    expect(countDone([done, task({ type: 'guard', done: true })])).toEqual({ done: 1, shown: 0, total: 1, all: true })
    expect(countDone([])).toEqual({ done: 0, shown: 0, total: 0, all: false })
  })
  it('counts what was done for the learner apart', () => {
    const shown = task({ done: true, shown: true })
    expect(decideMark(shown)).toBe('shown')
    expect(countDone([shown, task({ done: true })])).toEqual({ done: 1, shown: 1, total: 2, all: true })
  })
})
