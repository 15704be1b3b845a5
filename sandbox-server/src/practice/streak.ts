/** Days with practice, counted so that nobody is punished for a weekend; pure. */

const day = 86_400_000
/** So many days without practice end no streak. */
const pause = 2
const shown = 28

export interface Streak {
  /** Days with practice in the run that goes on. */
  days: number
  /** Answers on each of the last 28 days, the oldest first. */
  calendar: number[]
}

/** `times`: of answers; `offset`: minutes that local time is ahead of UTC. What lies in the future, after a clock was set, is not counted. */
export function countStreak(times: readonly number[], now: number, offset: number): Streak {
  const dayOf = (at: number) => Math.floor((at + offset * 60_000) / day)
  const today = dayOf(now)
  const calendar = Array.from({ length: shown }, () => 0)
  const practised = new Set<number>()
  for (const at of times) {
    const ago = today - dayOf(at)
    if (ago < 0) continue
    practised.add(today - ago)
    if (ago < shown) calendar[shown - 1 - ago]!++
  }
  let last = today
  let days = 0
  for (const each of [...practised].toSorted((a, b) => b - a)) {
    // Today may still come: until it is over, it is no day without practice.
    if (last - each > pause + 1) break
    days++
    last = each
  }
  return { days, calendar }
}
