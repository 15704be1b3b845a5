/** How many new learners may come from one network: whoever makes another identity for each request would fill the database. */
import type { Logger } from 'pino'
import { Refusal } from '../refusal.ts'
import { createTries, type TriesLimit } from './tries.ts'

/** Milliseconds in which they are counted. */
export const newcomersWithin = 3_600_000

export interface Newcomers {
  /** One more from this network. Throws `TOO_MANY`. */
  admit(network: string): void
}

/** `most`: 0 for any number. */
export function createNewcomers(most: number, logger: Pick<Logger, 'warn'>, now: () => number): Newcomers {
  const limit: TriesLimit = { most: most === 0 ? Infinity : most, within: newcomersWithin }
  const tries = createTries(limit, now)
  const told = createTries({ most: 1, within: newcomersWithin }, now)
  return {
    admit(network) {
      if (most === 0) return
      if (tries.left(network)) return void tries.count(network)
      if (told.left(network)) {
        told.count(network)
        logger.warn(
          { most },
          'too many new learners from one network; if it is a proxy of yours, see TRUST_PROXY, else DRYDOCK_NEW_LEARNERS_PER_ADDRESS',
        )
      }
      throw new Refusal(
        'TOO_MANY',
        'So many new learners came from your network that nothing more is kept of new ones for now. You can read all lessons; try again in an hour, or come back with your recovery code.',
      )
    },
  }
}
