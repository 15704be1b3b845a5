/** The code that an operator may ask for before a lab starts: compared in constant time, tried a few times only. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { createTries } from './tries.ts'

/** Wrong codes that one network address may try, and in how many milliseconds. */
const limit = { most: 20, within: 600_000 } as const

export interface AccessCode {
  /** What is noted of a learner who knew the code; another one for another code. Null when no code is asked for. */
  readonly mark: string | null
  /** Throws `ACCESS_CODE` for a wrong one and `TOO_MANY` for too many of them. */
  verify(given: string, address: string): void
}

const digest = (text: string) => createHash('sha256').update(`access:${text}`).digest()

export function createAccessCode(code: string | undefined, now: () => number): AccessCode {
  const tries = createTries(limit, now)
  return {
    mark: code === undefined ? null : digest(`mark:${code}`).toString('hex').slice(0, 16),
    verify(given, address) {
      if (code === undefined) return
      if (!tries.left(address))
        throw new Refusal(
          'TOO_MANY',
          'Too many wrong access codes came from your network. Wait ten minutes and try again.',
        )
      if (timingSafeEqual(digest(given.trim()), digest(code))) return
      tries.count(address)
      throw new Refusal('ACCESS_CODE', 'That is not the access code of this server. Ask whoever invited you.')
    },
  }
}
