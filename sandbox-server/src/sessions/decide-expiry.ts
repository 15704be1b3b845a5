/** When a session ends: one pure function of what happened in it, the limits, and the time. */

export interface Activity {
  /** All times are epoch ms. When the session became usable. */
  readyAt: number
  /** Last byte through one of its terminals, in either direction. */
  trafficAt: number
  /** When its nodes were last seen using noticeable CPU time. */
  busyAt: number
  deadline: number
  /** Until then idleness does not end it: somebody answers for it. */
  keptUntil: number
  /** It is open in tabs that nobody looks at: its learner went to something else, and cannot see a warning. */
  hidden: boolean
}

export interface ExpiryLimits {
  idle_ms: number
  /** The same for a hidden one. */
  hidden_idle_ms: number
  /** How long before its end a session is called expiring. */
  warning_ms: number
}

export interface Expiry {
  verdict: 'ready' | 'expiring' | 'end'
  /** What ends it first, and when. */
  cause: 'deadline' | 'idle'
  endsAt: number
}

export function decideExpiry(activity: Activity, limits: ExpiryLimits, now: number): Expiry {
  const idle = activity.hidden ? Math.max(limits.idle_ms, limits.hidden_idle_ms) : limits.idle_ms
  const idleEnd = Math.max(Math.max(activity.readyAt, activity.trafficAt, activity.busyAt) + idle, activity.keptUntil)
  const cause = idleEnd < activity.deadline ? 'idle' : 'deadline'
  const endsAt = Math.min(idleEnd, activity.deadline)
  const verdict = now >= endsAt ? 'end' : now >= endsAt - limits.warning_ms ? 'expiring' : 'ready'
  return { verdict, cause, endsAt }
}
