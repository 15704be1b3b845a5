/** Reads what a node answers for the X-ray: it may say anything, so words are cut and made readable, and lists have an end. */
import { z } from 'zod'
import type { RuntimeNode } from '../runtime/port.ts'

/** Milliseconds that one look at a node may take, and one answer. */
const within = { look: 5000, answer: 3000 }

/** Asks the node's engine; `max_bytes`: of the answer. */
export type Ask = (path: string, max_bytes: number) => Promise<unknown>

/** One question after the other, so that checks find a free connection; all of them together have an end. */
export function openQuestions(node: Pick<RuntimeNode, 'request'>): Ask {
  const until = Date.now() + within.look
  return async (path, max_bytes) => {
    const timeout_ms = Math.min(within.answer, until - Date.now())
    if (timeout_ms <= 0) throw new Error('the node takes too long to answer')
    return node.request('GET', path, undefined, { timeout_ms, max_bytes })
  }
}

/** What would act on a screen or hide in a line is shown as what it is: not readable. */
const unreadable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

export const readable = (text: string, most = 200) => text.slice(0, most).toWellFormed().replaceAll(unreadable, '�')

export const words = (most = 200) => z.string().transform((text) => readable(text, most))
export const maybeWords = (most = 200) => words(most).catch('')
/** Docker's digests and ids without their kind, as short as `docker ps` prints them. */
export const shortId = z.string().transform((id) => readable(id.replace(/^[a-z0-9]+:/, ''), 12))
export const maybeCount = z.int().catch(0)
/** Docker's time stamps as epoch ms; null for its zero value (year 1) and for what is none. */
export const maybeTime = z
  .string()
  .max(64)
  .transform((value) => {
    const ms = Date.parse(value)
    return Number.isFinite(ms) && ms > 0 ? ms : null
  })
  .catch(null)

export interface Rows<T> {
  rows: T[]
  /** There are more than that. */
  more: boolean
}

/** Of a list, the first `most` entries that are understood. Rejects what is no list. */
export function readRows<T extends z.ZodType>(row: T, answer: unknown, most: number): Rows<z.infer<T>> {
  if (!Array.isArray(answer)) throw new Error('the answer is no list')
  const rows = answer.slice(0, most).flatMap((each: unknown) => {
    const parsed = row.safeParse(each)
    return parsed.success ? [parsed.data] : []
  })
  return { rows, more: answer.length > most }
}

/** The same inside an answer: what is missing or no list is an empty one. */
export const maybeRows = <T extends z.ZodType>(row: T, most: number) =>
  z.unknown().transform((answer) => (Array.isArray(answer) ? readRows(row, answer, most).rows : []))
