/** A test may be skipped for a capability that this host lacks, and for nothing else. */
import type { Count } from './reports.ts'

interface Capability {
  name: string
  value: string
  ok: boolean
}

/** The capability that a skipped test names in its title: `… [needs ipvs]`. */
export const needOf = (title: string): string | undefined => /\[needs ([a-z-]+)\]/.exec(title)?.[1]

/** Moves skipped tests without a valid reason to the failed ones, and answers the reasons of the rest. */
export function decideSkips(count: Count, capabilities: readonly Capability[]): { count: Count; reasons: string[] } {
  const missing = new Map(capabilities.filter((c) => !c.ok).map((c) => [c.name, c.value]))
  const skipped = count.skipped.filter((title) => missing.has(needOf(title) ?? ''))
  const unfounded = count.skipped
    .filter((title) => !skipped.includes(title))
    .map((name) => ({ name, message: 'was skipped, but not for a capability that doctor reports missing' }))
  return {
    count: { ...count, failed: [...count.failed, ...unfounded], skipped },
    reasons: skipped.map((title) => `${title}: ${missing.get(needOf(title) ?? '') ?? ''}`),
  }
}
