/** What a check may answer. A check returns an outcome; it never throws one. */
import { z } from 'zod'

const line = z.string().max(2000)

export const outcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('pass'), observed: line.optional() }),
  z.strictObject({ status: z.literal('fail'), expected: line, observed: line, hint: z.string().optional() }),
  /** Another task has to pass first. */
  z.strictObject({ status: z.literal('blocked'), by: z.array(z.string()) }),
  /** Our fault or the node's silence: never shown as wrong. */
  z.strictObject({ status: z.literal('unavailable'), reason: line }),
])
export type Outcome = z.infer<typeof outcome>

/** The task is done; `observed` says in the learner's own names what was seen. */
export function pass(observed?: string): Outcome {
  return observed === undefined ? { status: 'pass' } : { status: 'pass', observed: clip(observed) }
}

/** Not yet: what was expected, what was seen instead, and the id of the hint of this task that helps with just that. */
export function fail(f: { expected: string; observed: string; hint?: string }): Outcome {
  const base = { status: 'fail' as const, expected: clip(f.expected), observed: clip(f.observed) }
  return f.hint === undefined ? base : { ...base, hint: f.hint }
}

const clip = (s: string) => (s.length > 500 ? `${s.slice(0, 499)}…` : s)
