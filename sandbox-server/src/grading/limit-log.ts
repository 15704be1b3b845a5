/** A log for what learners can cause as often as they like: so many lines a minute, then one that says that there were more. */
import type { Logger } from 'pino'

export interface LimitedLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export function limitLog(logger: LimitedLog | Logger, lines = 20, now: () => number = Date.now): LimitedLog {
  let since = -Infinity
  let written = 0
  const allow = () => {
    if (now() - since >= 60_000) {
      since = now()
      written = 0
    }
    written++
    if (written === lines + 1) logger.warn({ lines }, 'more such lines are left out for a minute')
    return written <= lines
  }
  return {
    warn: (fields, message) => void (allow() && logger.warn(fields, message)),
    error: (fields, message) => void (allow() && logger.error(fields, message)),
  }
}
