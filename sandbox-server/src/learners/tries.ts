/** How often somebody may be wrong: so many times within so many milliseconds, counted in memory. */

export interface TriesLimit {
  most: number
  /** Milliseconds. */
  within: number
}

export interface Tries {
  /** Whether one more may be tried. */
  left(who: string): boolean
  /** One was tried. Answers how to take that back, for one that turns out to be right. */
  count(who: string): () => void
}

/** Who is remembered at a time. */
const maxRemembered = 10_000

export function createTries({ most, within }: TriesLimit, now: () => number): Tries {
  const tried = new Map<string, { at: number }[]>()
  const recent = (who: string) => (tried.get(who) ?? []).filter(({ at }) => at > now() - within)
  return {
    left: (who) => recent(who).length < most,
    count(who) {
      const one = { at: now() }
      if (!tried.has(who) && tried.size >= maxRemembered) tried.delete(tried.keys().next().value ?? '')
      tried.set(who, [...recent(who), one])
      return () => {
        const others = recent(who).filter((each) => each !== one)
        if (others.length > 0) tried.set(who, others)
        else tried.delete(who)
      }
    },
  }
}
