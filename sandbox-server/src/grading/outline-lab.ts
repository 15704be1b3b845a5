/** A lab as somebody may know it who has no session of it: what differs from learner to learner is left open. */
import { leaveOpen } from '@drydock/kit/schema'
import type { LabView } from '../contract/labs.ts'
import type { Lab } from './lab.ts'

export function outlineLab(lab: Lab): Omit<LabView, 'available' | 'kept'> {
  const { title, summary, kind, minutes, nodes, folder, tasks, pager, clock_minutes, values } = lab.manifest
  const open = (text: string) => leaveOpen(text, Object.keys(values))
  return {
    ...{ id: lab.id, title, summary, kind, minutes, nodes, folder },
    ...(pager === undefined ? {} : { pager: open(pager) }),
    ...(clock_minutes === undefined ? {} : { clock_minutes }),
    tasks: tasks.map(({ id, goal, type, check, acts, after, hints }) => ({
      ...{ id, goal: open(goal), type, check, after, hints: hints.length },
      ...(acts === undefined ? {} : { acts: open(acts) }),
    })),
  }
}
