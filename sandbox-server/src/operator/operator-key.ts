/** What lets the commands of this machine's operator in: a key that each server makes anew, in a file that root alone can read. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface OperatorKey {
  /** `header`: of Authorization. */
  opens(header: string | undefined): boolean
  close(): void
}

export function createOperatorKey(stateFolder: string): OperatorKey {
  const file = path.join(stateFolder, 'operator.key')
  const key = randomBytes(32).toString('base64url')
  // Removed first: an older file could have other permissions.
  rmSync(file, { force: true })
  writeFileSync(file, key, { mode: 0o600 })
  return {
    opens: (header) => isBearer(header, key),
    close: () => rmSync(file, { force: true }),
  }
}

/** Compares digests, which are of one length, in constant time. */
export function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
