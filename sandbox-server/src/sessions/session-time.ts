/** How long a session lasts: more time for its learner, and for as long as somebody answers for it. */
import { Refusal } from '../refusal.ts'
import type { LiveSession } from './live-session.ts'
import type { SessionParts } from './session-parts.ts'
import { isUsable } from './states.ts'

export interface SessionTimeOptions extends Pick<SessionParts, 'limits' | 'queue' | 'store' | 'now'> {
  tick: () => Promise<void>
}

export function createSessionTime({ limits, queue, store, now, tick }: SessionTimeOptions) {
  return {
    /** More time. When it is idleness that would end the session, this sign of life is enough and costs no extension. */
    async extend({ session }: LiveSession): Promise<void> {
      if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
      session.activity.busyAt = now()
      if (session.state !== 'expiring' || session.idleEnd === null) {
        // Those who wait were told when their turn comes at the latest.
        if (queue.waiting > 0)
          throw new Refusal(
            'FORBIDDEN',
            'Others wait for a place on this server, so labs cannot be extended at the moment.',
          )
        if (session.extensionsLeft <= 0) throw new Refusal('FORBIDDEN', 'This lab cannot be extended any further.')
        session.extensionsLeft--
        session.activity.deadline += limits.extend_ms
        await store.update(session.id, { deadline: session.deadline, extensions_left: session.extensionsLeft })
      }
      await tick()
      session.announce()
    },

    /** Somebody answers for it until then: it lasts so long at least, and idleness does not end it. */
    async keep({ session }: LiveSession, until: number): Promise<void> {
      if (!isUsable(session.state)) return
      session.activity.keptUntil = until
      if (session.activity.deadline >= until) return
      session.activity.deadline = until
      await store.update(session.id, { deadline: until })
      session.announce()
    },
  }
}
