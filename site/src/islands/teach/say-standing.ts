/** Where a learner stands in their lab who is at no task of it: it starts, it is done, it is not begun, or what is left is locked. Pure. */
import type { WallLearner } from '@drydock/sandbox-server/contract'

export function sayStanding({ session, lab, tasks }: Pick<WallLearner, 'session' | 'lab' | 'tasks'>): string {
  if (session?.state === 'starting')
    return session.queue_place === null ? 'starting' : `${session.queue_place}. in the queue`
  const cells = tasks[lab ?? ''] ?? []
  const done = cells.filter((cell) => cell === 'done' || cell === 'shown').length
  if (done === cells.length) return 'all done'
  return done === 0 ? 'not begun' : `${done} of ${cells.length} done`
}
