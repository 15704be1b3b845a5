/** Brings learners, or all who fell behind, to the state after a task by the proven solution; as many at a time as the host starts labs. */
import type { z } from 'zod'
import type { Logger } from 'pino'
import type { catchUpMembers } from '../contract/workshop-log.ts'
import type { Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { ClassRuns } from './class-runs.ts'
import { present } from './describe-workshop.ts'
import { tasksOf } from './measure-tasks.ts'
import type { Member, Room } from './room.ts'
import { marksOf } from './wall.ts'

export interface CatchUpOptions {
  labs: ReadonlyMap<string, Lab>
  sessions: Sessions
  runs: ClassRuns
  /** At the same time. */
  starts: number
  logger: Logger
}

export function createCatchUpClass({ labs, sessions, runs, starts, logger }: CatchUpOptions) {
  /** Members for whom it is under way: two instructors who act at once do it once. */
  const busy = new Set<string>()
  let free = starts
  const waiting: (() => void)[] = []

  async function inPlace(work: () => Promise<void>): Promise<void> {
    if (free > 0) free--
    else await new Promise<void>((resolve) => void waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }

  async function bring(room: Room, by: string, member: Member, lab: Lab, task: string): Promise<void> {
    const ids = lab.manifest.tasks.map((each) => each.id)
    const before = ids[ids.indexOf(task) + 1] ?? null
    const say = (is: 'begun' | 'done' | 'failed', kept: boolean) =>
      room.note(by, member, { kind: 'catch-up', lab: lab.id, task, is, kept })
    await say('begun', false)
    try {
      const { live, kept } = await sessions.bringTo(member.learner, lab.id, before)
      const state = live.session.board.get(task)
      await say(state?.shown === true || state?.done === true ? 'done' : 'failed', kept)
    } catch (error) {
      if (!(error instanceof Refusal)) logger.warn({ err: error, workshop: room.id }, 'a learner was not brought up')
      // They may have left the class meanwhile, and their log with them.
      if (room.members.has(member.id)) await say('failed', false)
    }
  }

  return async (room: Room, by: string, wanted: z.infer<typeof catchUpMembers>): Promise<string[]> => {
    const lab = room.record.labs.includes(wanted.lab) ? labs.get(wanted.lab) : undefined
    if (!lab) throw new Refusal('LAB_UNKNOWN', `${wanted.lab} is no lab of this workshop.`)
    const tasks = tasksOf(lab.manifest.tasks)
    const nth = tasks.findIndex(({ id }) => id === wanted.task)
    if (nth < 0) throw new Refusal('TASK_UNKNOWN')
    if (!room.runs) throw new Refusal('FORBIDDEN', 'Learners are brought up while the workshop runs. Start it first.')
    const all = await runs.read(room)
    const isBehind = (member: Member) => {
      const marks = marksOf(room, labs, all.get(member.learner) ?? []).get(lab.id) ?? []
      return tasks.slice(0, nth + 1).some(({ id }) => !marks.some((mark) => mark.task === id && mark.done))
    }
    const { members } = wanted
    const chosen = present(room).filter(
      (member) =>
        member.state === 'admitted' &&
        !busy.has(member.id) &&
        (members === 'behind' ? isBehind(member) : members.includes(member.id)),
    )
    // Those whose lab runs wait for no place.
    const live = runs.live(room)
    const sorted = chosen.toSorted((a, b) => Number(live.has(b.learner)) - Number(live.has(a.learner)))
    for (const member of sorted) {
      busy.add(member.id)
      void inPlace(() => bring(room, by, member, lab, wanted.task))
        .catch((err: unknown) => logger.error({ err, workshop: room.id }, 'a catch-up could not be noted'))
        .finally(() => busy.delete(member.id))
    }
    return sorted.map(({ id }) => id)
  }
}
