/** Protects: what a tile says of a learner's time stands still while the class pauses, and leaves out the pauses before. */
import { expect, it } from 'vitest'
import { timeOnTask } from './time-on-task.ts'

it.each([
  ['runs', { since: 1000, paused_ms: 0 }, null, 9000],
  ['has paused', { since: 1000, paused_ms: 4000 }, null, 5000],
  ['pauses', { since: 1000, paused_ms: 0 }, 3000, 2000],
  ['was begun in the pause', { since: 5000, paused_ms: 0 }, 3000, 0],
] as const)('%s', (_name, task, paused_at, ms) => expect(timeOnTask(task, 10_000, paused_at)).toBe(ms))
