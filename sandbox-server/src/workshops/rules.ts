/** What a workshop that runs lets its learners do in the labs of its plan: locked tasks wait, hints and solutions open when the instructor says. */
import { Refusal } from '../refusal.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export type TaskWish = 'check' | 'hint' | 'solution' | 'continue'

export interface Rules {
  /** Throws `TASK_LOCKED`. */
  requireTask(learner: string, lab: string, task: string, wish: TaskWish): void
  /** Whether a workshop lets this learner start this lab here, with or without the server's access code. */
  admits(learner: string, lab: string): boolean
}

export function createRules(rooms: Rooms): Rules {
  const holds = ({ record }: Room, lab: string) => record.labs.includes(lab)
  return {
    requireTask(learner, lab, task, wish) {
      for (const { record } of rooms.running(learner).filter((room) => holds(room, lab))) {
        if (record.locks.includes(`${lab} ${task}`))
          throw new Refusal(
            'TASK_LOCKED',
            'Your instructor has locked this task for now. It opens for the whole class.',
          )
        if (wish === 'hint' && !record.hints_open)
          throw new Refusal('TASK_LOCKED', 'Hints are closed in this workshop for now. Raise your hand instead.')
        // What is skipped is done by the solution.
        if ((wish === 'solution' || wish === 'continue') && !record.solutions_open)
          throw new Refusal('TASK_LOCKED', 'Solutions are closed in this workshop for now. Raise your hand instead.')
      }
    },
    admits: (learner, lab) =>
      rooms.all().some((room) => {
        const open = room.runs || room.record.state === 'ended'
        return open && room.memberOf(learner)?.state === 'admitted' && holds(room, lab)
      }),
  }
}
