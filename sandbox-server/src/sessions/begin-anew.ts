/** A session on fresh machines: from its start, from a task on, or to where a class is. */
import { Refusal } from '../refusal.ts'
import type { BeginSession } from './begin-session.ts'
import type { LiveSession } from './live-session.ts'
import type { Session } from './session.ts'
import type { SessionParts } from './session-parts.ts'
import { isUsable } from './states.ts'

export interface BeginAnewOptions extends Pick<SessionParts, 'engine' | 'lives' | 'lifecycle'> {
  beginSession: BeginSession
}

export function createBeginAnew({ engine, lives, lifecycle, beginSession }: BeginAnewOptions) {
  function requireReady(session: Session): void {
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
  }

  return {
    /** The nodes are made anew, tasks begin anew; the deadline stays. */
    reset(live: LiveSession): void {
      requireReady(live.session)
      live.session.notice = null
      void live.note('reset', null)
      lifecycle.renew(live, { progress: 'Starting afresh.', keepDone: false })
    },

    /** The nodes are made anew and brought to where this task begins; what the learner did themselves before it stays theirs. */
    async continueFrom(live: LiveSession, task: string): Promise<void> {
      const { session } = live
      requireReady(session)
      session.notice = null
      await live.note('reset', null)
      if (isUsable(session.state))
        lifecycle.renew(live, { progress: 'Preparing fresh machines.', keepDone: true, before: task })
    },

    /**
     * The learner's copy of this lab comes to where this task begins (null: all is done), on fresh machines; their files are put beside. One
     * that does not run is started in place of another. Resolves with whether files were put beside; rejects when it ends before it is there.
     */
    async bringTo(learner: string, lab: string, before: string | null): Promise<{ live: LiveSession; kept: boolean }> {
      const running = lives.activeOf(learner).find((live) => live.session.lab.id === lab)
      if (!running) {
        const wish = { lab, replace: true, resume: false, before }
        const { session } = await beginSession(learner, wish, 'a workshop')
        const live = await lives.find(learner, session.id)
        await live.session.whenReady()
        return { live, kept: false }
      }
      const { session } = running
      await session.whenReady()
      if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
      session.notice = null
      await running.note('reset', null)
      const keeping = Promise.withResolvers<boolean>()
      const keepFiles = keeping.resolve
      lifecycle.renew(running, { progress: 'Bringing you to where the class is.', keepDone: true, before, keepFiles })
      await session.whenReady()
      // The files are there before the machines are ready; what cannot be known any more was not kept.
      return { live: running, kept: await Promise.race([keeping.promise, running.work.then(() => false)]) }
    },
  }
}
