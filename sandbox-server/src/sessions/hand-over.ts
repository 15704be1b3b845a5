/** A learner's sessions become another's, or nobody's. */
import type { SessionParts } from './session-parts.ts'
import { isActive } from './states.ts'

export function createHandOver({
  lives,
  learners,
  keptWork,
  end,
}: Pick<SessionParts, 'lives' | 'learners' | 'keptWork' | 'end'>) {
  return {
    /** Ends all that the learner has and keeps nothing of it. Resolves when it has begun. */
    async forget(learner: string): Promise<void> {
      for (const live of lives) {
        if (live.session.learner !== learner) continue
        live.session.forgotten = true
        void end(live.session.id, 'You ended all your labs.')
      }
      await learners.forget(learner)
      await keptWork.purge()
    },

    /**
     * One learner's labs become another's and go on; `move` does the same in the database. Where both have the same lab, the one of `from`
     * goes on: that is the browser in which the person sits. The other ends as usual, with its work kept.
     */
    async handOver(from: string, to: string, move: () => Promise<void>): Promise<void> {
      const moving = lives.all().filter((live) => live.session.learner === from)
      const labs = new Set(moving.filter((live) => isActive(live.session.state)).map((live) => live.session.lab))
      const leaving = lives.activeOf(to).filter((live) => labs.has(live.session.lab))
      // Before the database: what is noted from now on is noted for whom it will belong to.
      for (const { session } of moving) session.learner = to
      try {
        await move()
      } catch (error) {
        for (const { session } of moving) session.learner = from
        throw error
      }
      for (const { session } of moving) session.handOver(to)
      for (const live of leaving) void end(live.session.id, 'You went on with this lab in another browser.')
    },
  }
}
