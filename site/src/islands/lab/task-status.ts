/** Where one task stands, in one word for the eye and one for the ear. Pure. */
import type { TaskState } from '@drydock/sandbox-server/contract'

export type TaskMark = 'idle' | 'done' | 'shown' | 'not-yet' | 'blocked' | 'unavailable' | 'checking' | 'broken'

export interface TaskFacts {
  type: TaskState['type']
  check: TaskState['check']
}

/** `state` is undefined while no lab runs. */
export function decideMark(state: TaskState | undefined): TaskMark {
  if (!state) return 'idle'
  if (state.checking) return 'checking'
  if (state.outcome?.status === 'unavailable' && !state.done) return 'unavailable'
  if (state.done) return state.shown ? 'shown' : 'done'
  if (!state.outcome) return 'idle'
  if (state.outcome.status === 'blocked') return 'blocked'
  return state.type === 'guard' ? 'broken' : 'not-yet'
}

/** The words beside the mark. */
export function describeMark(mark: TaskMark, { type }: Pick<TaskFacts, 'type'>): string {
  switch (mark) {
    case 'done':
      return type === 'guard' ? 'holds' : 'done'
    case 'shown':
      return 'done for you'
    case 'not-yet':
      return 'not yet'
    case 'broken':
      return 'broken'
    case 'blocked':
      return 'later'
    case 'checking':
      return 'checking …'
    case 'unavailable':
      return 'could not be checked'
    case 'idle':
      return 'to do'
  }
}

/** How a kind of task is graded, for people. */
export function describeType({ type, check }: TaskFacts): string {
  if (type === 'guard') return 'must not be broken'
  if (type === 'holds') return check === 'acting' ? 'must be true when checked' : 'must be true in the end'
  return check === 'acting' ? 'checked on request' : 'turns green by itself'
}

export interface Count {
  done: number
  /** Done by the solution's steps, for the learner. */
  shown: number
  total: number
  /** Everything is done and nothing is broken. */
  all: boolean
}

/** Guards are true from the start: counting them would give away points for nothing. They only stand in the way of "all". */
export function countDone(tasks: readonly Pick<TaskState, 'type' | 'done' | 'shown'>[]): Count {
  const counted = tasks.filter((task) => task.type !== 'guard')
  return {
    done: counted.filter((task) => task.done && !task.shown).length,
    shown: counted.filter((task) => task.done && task.shown).length,
    total: counted.length,
    all: tasks.length > 0 && tasks.every((task) => task.done),
  }
}
