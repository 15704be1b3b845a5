/** One look at what time brings: sessions that end or are warned, machines booted ahead, kept work that is too old, a clock that was set. */
import { ClockWatch } from './clock-watch.ts'
import { checkExpiry } from './expiry.ts'
import type { LiveSession } from './live-session.ts'
import type { SessionParts } from './session-parts.ts'

/** A failed session stays for a while, so that its page can show why. */
const failedFor = 600_000

/** Milliseconds between two looks at kept work. */
const purgeEvery = 3_600_000

export function createTick(parts: SessionParts) {
  const { engine, runtime, lives, queue, demand, keptWork, store, limits, logger, now, steady, end } = parts
  const clock = new ClockWatch(now, steady)
  let purgedAt = 0

  /** A clock that was set must not end anybody's lab, nor keep it for ever. */
  async function followClock(): Promise<void> {
    const jump = clock.look()
    if (jump === 0) return
    logger.warn({ ms: jump }, 'the clock of this host was set; sessions keep the time that they had left')
    demand.moveTimes(jump)
    // Kept work is removed by date: whoever set the clock has time to set it right.
    purgedAt = now() + 24 * 3_600_000
    for (const live of lives) {
      live.session.moveTimes(jump)
      if (live.cpu) live.cpu.at += jump
      live.session.announce()
    }
    for (const { session } of lives)
      if (session.deadline !== null) await store.update(session.id, { deadline: session.deadline })
  }

  return async function tick(): Promise<void> {
    await followClock()
    if (engine.up) {
      queue.setRoom(await runtime.room())
      const endOne = (live: LiveSession, reason: string) => void end(live.session.id, reason)
      await checkExpiry(lives.all(), { limits, logger, now, end: endOne })
      runtime.keepWarm(demand.decide())
    }
    for (const live of lives)
      if (live.session.state === 'failed' && now() - live.session.createdAt > failedFor)
        void end(live.session.id, live.session.reason ?? '')
    if (now() - purgedAt > purgeEvery) {
      purgedAt = now()
      await keptWork.purge()
    }
  }
}
