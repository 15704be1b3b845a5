/** Looks at all sessions now and then, and warns or ends those whose time is over. */
import type { Logger } from 'pino'
import { decideExpiry, type ExpiryLimits } from './decide-expiry.ts'
import type { LiveSession } from './live-session.ts'
import { isUsable } from './states.ts'

/** CPU time is looked at so often, in milliseconds. */
const sampleEvery = 30_000
/** Part of one core; above it a node does something for the learner. An idle one takes 0.0033, with health checks up to 0.01. */
const busyShare = 0.03

export const reasons = {
  deadline: 'The time of this lab was over.',
  idle: 'Nothing happened in this lab for a while, so it was ended.',
} as const

export interface ExpiryOptions {
  limits: ExpiryLimits
  end: (live: LiveSession, reason: string) => void
  logger: Logger
  now: () => number
}

export async function checkExpiry(lives: Iterable<LiveSession>, options: ExpiryOptions): Promise<void> {
  const { limits, end, logger, now } = options
  for (const live of lives) {
    if (!isUsable(live.session.state)) continue
    await noteBusy(live, now()).catch((error: unknown) =>
      logger.warn({ session: live.session.id, err: error }, 'CPU time not known'),
    )
    const { session } = live
    if (!isUsable(session.state)) continue
    const { verdict, cause, endsAt } = decideExpiry(
      { ...session.activity, hidden: session.attention.hidden },
      limits,
      now(),
    )
    session.idleEnd = cause === 'idle' ? endsAt : null
    if (verdict === 'end') end(live, reasons[cause])
    else if ((verdict === 'expiring') !== (session.state === 'expiring')) session.setExpiring(verdict === 'expiring')
  }
}

async function noteBusy(live: LiveSession, now: number): Promise<void> {
  if (live.cpu && now - live.cpu.at < sampleEvery) return
  const times = await Promise.all(live.session.nodes.map((node) => node.cpuTime()))
  const ms = times.reduce((sum, time) => sum + time, 0)
  const before = live.cpu
  live.cpu = { at: now, ms }
  if (before && ms - before.ms > busyShare * (now - before.at)) live.session.activity.busyAt = now
}
