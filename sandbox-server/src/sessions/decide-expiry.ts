/** When a session ends: one pure function of what happened in it, the limits, and the time. */

export interface Activity {
  /** All times are epoch ms. When the session became usable. */
  readyAt: number
  /** Last byte through one of its terminals, in either direction. */
  trafficAt: number
  /** When its nodes were last seen using noticeable CPU time. */
  busyAt: number
  deadline: number
}

export interface ExpiryLimits {
  idle_ms: number
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
  const idleEnd = Math.max(activity.readyAt, activity.trafficAt, activity.busyAt) + limits.idle_ms
  const cause = idleEnd < activity.deadline ? 'idle' : 'deadline'
  const endsAt = Math.min(idleEnd, activity.deadline)
  const verdict = now >= endsAt ? 'end' : now >= endsAt - limits.warning_ms ? 'expiring' : 'ready'
  return { verdict, cause, endsAt }
}
