/** Who needs help, and why, in words: pure. */
import type { SessionState } from '../contract/sessions.ts'
import type { WallLearner } from '../contract/workshop-wall.ts'
import { sayTime } from './elapsed.ts'

type Need = NonNullable<WallLearner['need']>

export interface Situation {
  hand_at: number | null
  hand_note: string | null
  /** Since when no page of theirs is connected; null while one is. */
  lost_at: number | null
  session: { state: SessionState; reason: string | null; queue_place: number | null; created_at: number } | null
  task: (Work & { since: number }) | null
}

/** `ms`: time on it, without pauses. `median_ms`: of the class, once enough have done it; `planned_ms`: what its lab means it to take. */
export interface Work {
  nth: number
  tries: number
  ms: number
  median_ms: number | null
  planned_ms: number
}

/** Failing tries, and times of what is usual, from which on somebody is stuck; shorter than `least` nobody is. */
export const stuckAt = { tries: 3, usual: 2, least_ms: 60_000 } as const
/** Milliseconds: a page that is reloaded is no learner that is lost. */
const grace = 20_000

/**
 * Why somebody is stuck in a task; null: they are not. The same mistake over and over is one try, and where nobody gets on there is no
 * median: then the time that the task was meant to take says it.
 */
export function explainStuck({ nth, tries, ms, median_ms, planned_ms }: Work): {
  why: 'tries' | 'time'
  words: string
} | null {
  const usual = median_ms ?? planned_ms
  const long = ms >= Math.max(stuckAt.usual * usual, stuckAt.least_ms)
  const measure = median_ms === null ? 'as planned' : 'as the class'
  const times = long ? `, ${Math.floor((ms / Math.max(usual, 1)) * 10) / 10} times as long ${measure}` : ''
  if (tries >= stuckAt.tries) return { why: 'tries', words: `${tries} tries at task ${nth}, ${sayTime(ms)}${times}` }
  return long ? { why: 'time', words: `${sayTime(ms)} on task ${nth}${times}` } : null
}

export function decideNeed({ hand_at, hand_note, lost_at, session, task }: Situation, now: number): Need | null {
  if (hand_at !== null) {
    const words = `raised a hand ${sayTime(now - hand_at)} ago${hand_note === null ? '' : `: ${hand_note}`}`
    return { why: 'hand', words, since: hand_at, rank: 1000 }
  }
  if (session?.state === 'failed')
    return { why: 'failed', words: `their lab failed: ${session.reason ?? ''}`, since: session.created_at, rank: 900 }
  const stuck = task && explainStuck(task)
  if (stuck) {
    const rank =
      stuck.why === 'tries' ? 500 + Math.min(task.tries, 99) : 400 + Math.min(Math.floor(task.ms / 60_000), 99)
    return { ...stuck, since: task.since, rank }
  }
  if (session?.queue_place != null && session.queue_place > 0)
    return {
      why: 'queue',
      words: `waits for a place, number ${session.queue_place}`,
      since: session.created_at,
      rank: 300,
    }
  if (lost_at !== null && session && now - lost_at > grace)
    return { why: 'lost', words: `not connected for ${sayTime(now - lost_at)}`, since: lost_at, rank: 100 }
  return null
}
