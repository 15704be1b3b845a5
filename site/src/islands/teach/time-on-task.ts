/** How long a learner has been at their task, without the pauses of the class. Pure. */
import type { WallLearner } from '@drydock/sandbox-server/contract'

type Task = Pick<NonNullable<WallLearner['task']>, 'since' | 'paused_ms'>

/** `now`: of the server's clock. `paused_at`: since when the class pauses; null: it does not. */
export const timeOnTask = ({ since, paused_ms }: Task, now: number, paused_at: number | null): number =>
  Math.max(0, (paused_at ?? now) - since - paused_ms)
