/** Reads what a node answered: its engine belongs to the learner, so every shape is checked and every length is bounded. */
import { z } from 'zod'

/** The node answered in a shape that no Docker Engine would. The grader reports it as `unavailable`. */
export class BadAnswer extends Error {
  override name = 'BadAnswer'
}

/** `what`: names the question, for example "docker inspect web". */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown, what: string): z.infer<T> {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new BadAnswer(`${what}: ${issue?.path.join('.') || 'the answer'} is not as expected (${issue?.message ?? ''})`)
}

export const word = z.string().max(1024)
export const text = z.string().max(65_536)
export const count = z.number().finite()
export const many = <T extends z.ZodType>(item: T) => z.array(item).max(5000)

/** Docker's time stamps as epoch milliseconds; undefined for its zero value (year 1). */
export const time = word.transform((value) => {
  const ms = Date.parse(value)
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
})
