/** How long to wait before the next attempt to connect: exponential with full jitter, so that a class does not come back all at once. */

export interface Backoff {
  first_ms: number
  most_ms: number
}

export const socketBackoff: Backoff = { first_ms: 500, most_ms: 15_000 }

/** `attempt` counts from 0; `random` is in [0, 1). Never below a quarter of the ceiling: no busy knocking. */
export function decideDelay(attempt: number, random: number, { first_ms, most_ms }: Backoff = socketBackoff): number {
  const ceiling = Math.min(most_ms, first_ms * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling * (0.25 + 0.75 * random))
}
