/** Time that counts: what passed between two moments without the pauses of the class; pure. */

export type Pauses = readonly (readonly [from: number, until: number | null])[]

/** Milliseconds; never below 0. A pause that lasts counts up to `until`. */
export function elapsed(from: number, until: number, pauses: Pauses): number {
  const paused = pauses.reduce((sum, [begun, over]) => {
    const overlap = Math.min(over ?? until, until) - Math.max(begun, from)
    return sum + Math.max(0, overlap)
  }, 0)
  return Math.max(0, until - from - paused)
}

/** Milliseconds of pauses since then that are over: of one that lasts, whoever looks takes the rest. */
export function pausedSince(from: number, pauses: Pauses): number {
  const over = pauses.filter((pause): pause is readonly [number, number] => pause[1] !== null)
  return over.reduce((sum, [begun, until]) => sum + Math.max(0, until - Math.max(begun, from)), 0)
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}

/** For people, to the minute, so that what is said is news once a minute at most: "8 min", "2 h 5 min". */
export function sayTime(ms: number): string {
  if (ms < 60_000) return 'under a minute'
  const minutes = Math.floor(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
