/** What was done in a session: when its tasks were passed, and the debrief of an incident. */
import { fillIn } from '@drydock/kit/schema'
import type { DebriefView } from '../contract/sessions.ts'
import { Refusal } from '../refusal.ts'
import type { LiveSession } from './live-session.ts'
import type { SessionParts } from './session-parts.ts'

/** From so many others on, how they did says nothing about any one of them. */
const enough = 3

export function createDeeds({ lives, store }: Pick<SessionParts, 'lives' | 'store'>) {
  return {
    /** When each task was passed by the learner themselves, of a session that runs or is over; only those that are still done. */
    async passes(id: string): Promise<Map<string, number>> {
      const board = lives.get(id)?.session.board
      const told = (await store.deeds(id)).flatMap(({ kind, task }) => (kind === 'solution' ? task : []))
      const saved = board ? board.list().map((state) => board.saved(state.id)) : await store.tasks(id)
      return new Map(
        saved.flatMap(({ task, passed_at, shown }) =>
          passed_at === null || shown || told.includes(task) || board?.isDone(task) === false
            ? []
            : [[task, passed_at]],
        ),
      )
    },

    /** What the incident was about: once each task is done, or its solution was asked for. */
    async debrief({ session }: LiveSession): Promise<DebriefView> {
      const { debrief } = session.lab.manifest
      if (!debrief) throw new Refusal('NOT_FOUND', 'This lab has no debrief: it is no incident.')
      const timeline = await store.deeds(session.id)
      const told = new Set(timeline.flatMap((deed) => (deed.kind === 'solution' ? [deed.task] : [])))
      if (session.board.list().some((state) => state.type !== 'guard' && !state.done && !told.has(state.id)))
        throw new Refusal('FORBIDDEN', 'The debrief is told when all tasks of this incident are done.')
      const others = await store.finishes(session.lab.id, session.learner)
      const parts = Object.entries(debrief).map(([part, text]) => [part, fillIn(text, session.values)])
      return {
        ...(Object.fromEntries(parts) as typeof debrief),
        began_at: session.createdAt,
        timeline,
        others: others.length < enough ? null : { count: others.length, median_ms: others[others.length >> 1] ?? 0 },
      }
    },
  }
}
