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
  return observed === undefined ? { status: 'pass' } : { status: 'pass', observed: readable(observed) }
}

/** Not yet: what was expected, what was seen instead, and the id of the hint of this task that helps with just that. */
export function fail(f: { expected: string; observed: string; hint?: string }): Outcome {
  const base = { status: 'fail' as const, expected: readable(f.expected), observed: readable(f.observed) }
  return f.hint === undefined ? base : { ...base, hint: f.hint }
}

/** Text from a node is untrusted: no control or direction-changing characters reach a page, and no novel either. */
export function readable(text: string, max = 500): string {
  const clean = text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
  return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean
}
