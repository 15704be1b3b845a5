/** Reads what a browser sends on a socket: bytes as they are, JSON only in the form that was agreed. */
import type { RawData } from 'ws'
import type { z } from 'zod'
import type { ErrorCode } from '../contract/errors.ts'

/** Longest JSON text of a browser, in bytes. */
const maxText = 1024

export type Frame<T> = { bytes: Buffer } | { command: T } | { refused: ErrorCode }

/** `maxBytes`: longest binary frame; 0 when there are none on this socket. */
export function readFrame<T extends z.ZodType>(
  data: RawData,
  isBinary: boolean,
  schema: T,
  maxBytes: number,
): Frame<z.infer<T>> {
  const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
  if (isBinary) {
    if (maxBytes === 0) return { refused: 'BAD_FRAME' }
    return bytes.length > maxBytes ? { refused: 'TOO_LARGE' } : { bytes }
  }
  if (bytes.length > maxText) return { refused: 'TOO_LARGE' }
  try {
    const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')))
    return parsed.success ? { command: parsed.data } : { refused: 'BAD_FRAME' }
  } catch {
    return { refused: 'BAD_FRAME' }
  }
}
