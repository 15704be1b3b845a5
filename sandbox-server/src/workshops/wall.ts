/** The wall of one class: a tile for each learner, and what each task takes this class; computed when somebody looks. */
import type { Cell, WallLearner } from '../contract/workshop-wall.ts'
import type { z } from 'zod'
import type { columnFigures } from '../contract/workshop-wall.ts'
import type { Lab } from '../grading/lab.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import type { ClassRuns } from './class-runs.ts'
import { decideNeed, explainStuck } from './decide-need.ts'
import { present } from './describe-workshop.ts'
import { elapsed, median, pausedSince } from './elapsed.ts'
import { measureTasks, plannedTime, type ClassRun, type TaskMark } from './measure-tasks.ts'
import { isTyping, type Member, type Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export interface WallOptions {
  rooms: Rooms
  labs: ReadonlyMap<string, Lab>
  runs: ClassRuns
  now: () => number
}

export interface WallPicture {
  learners: WallLearner[]
  columns: z.infer<typeof columnFigures>[]
}

/** So many must have done a task before its time says something about others. */
const enough = 3

export type Wall = (room: Room, teacher: string, answered: ReadonlySet<string>) => Promise<WallPicture>

/** By lab of the plan, the marks of each of its tasks; labs that were not begun are left out. */
export function marksOf(
  room: Room,
  labs: ReadonlyMap<string, Lab>,
  runs: readonly ClassRun[],
): Map<string, TaskMark[]> {
  const { labs: plan, began_at, pauses } = room.record
  const found = new Map<string, TaskMark[]>()
  for (const id of plan) {
    const lab = labs.get(id)
    const mine = runs.filter((run) => run.lab === id)
    if (lab && mine.length > 0) found.set(id, measureTasks(lab.manifest.tasks, mine, { began_at, pauses }))
  }
  return found
}

/** Medians by `lab task`, and how many have done it themselves. */
export function medians(
  all: Iterable<Map<string, TaskMark[]>>,
): Map<string, { done: number; median_ms: number | null }> {
  const times = new Map<string, number[]>()
  for (const marks of all)
    for (const [lab, tasks] of marks)
      for (const { task, ms } of tasks)
        if (ms !== null) times.set(`${lab} ${task}`, [...(times.get(`${lab} ${task}`) ?? []), ms])
  return new Map(
    [...times].map(([key, ms]) => [key, { done: ms.length, median_ms: ms.length < enough ? null : median(ms) }]),
  )
}

export function createWall({ rooms, labs, runs, now }: WallOptions): Wall {
  return async (room, teacher, answered) => {
    const [done, live] = [await runs.read(room), runs.live(room)]
    const members = present(room)
    const marks = new Map(members.map((member) => [member.id, marksOf(room, labs, done.get(member.learner) ?? [])]))
    const times = medians(marks.values())
    const columns = room.record.labs.flatMap((lab) =>
      [...times].flatMap(([key, figures]) => {
        const [of, task = ''] = key.split(' ')
        return of === lab ? [{ lab, task, ...figures }] : []
      }),
    )
    const learners = members.map((member) =>
      tile(room, member, { teacher, marks: marks.get(member.id)!, times, live: live.get(member.learner), answered }),
    )
    return { learners, columns }
  }

  interface Parts {
    teacher: string
    marks: Map<string, TaskMark[]>
    times: ReturnType<typeof medians>
    live: LiveSession | undefined
    answered: ReadonlySet<string>
  }

  function tile(room: Room, member: Member, { teacher, marks, times, live, answered }: Parts): WallLearner {
    const { pauses, locks } = room.record
    const session = live?.session
    const lab = session?.lab.id ?? [...marks.keys()].at(-1) ?? null
    const current = lab === null ? -1 : indexOfCurrent(marks.get(lab) ?? [], (task) => locks.includes(`${lab} ${task}`))
    const mark = lab === null ? undefined : marks.get(lab)?.[current]
    const state = mark && session?.board.get(mark.task)
    const outcome = state?.outcome?.status === 'fail' ? state.outcome : null
    const task = mark &&
      mark.begun_at !== null && {
        id: mark.task,
        nth: current + 1,
        since: mark.begun_at,
        paused_ms: pausedSince(mark.begun_at, pauses),
        tries: mark.tries,
        hints: mark.hints,
        expected: outcome ? cut(outcome.expected) : null,
        seen: outcome ? cut(outcome.observed) : null,
      }
    const median_ms = mark ? (times.get(`${lab} ${mark.task}`)?.median_ms ?? null) : null
    const ms = task ? elapsed(task.since, now(), pauses) : 0
    const plan = lab === null ? undefined : labs.get(lab)?.manifest
    const planned_ms = plan ? plannedTime(plan) : Infinity
    // Nobody is stuck in a lab that they have left, or while the class waits.
    const works = room.record.state === 'running' && session !== undefined
    const stuck = works && task ? explainStuck({ ...task, ms, median_ms, planned_ms }) !== null : false
    const queue_place = session?.view().queue_place ?? null
    const need = decideNeed(
      {
        ...{ hand_at: member.hand_at, hand_note: member.hand_note },
        lost_at: member.pages > 0 || !works ? null : member.seen_at,
        session: session
          ? { state: session.state, reason: session.reason, queue_place, created_at: session.createdAt }
          : null,
        task: works && task ? { ...task, ms, median_ms, planned_ms } : null,
      },
      now(),
    )
    const looks = [...room.looks].filter((look) => look.member === member.id)
    const typist = looks.find((look) => isTyping(look, now()))
    const cells = (id: string, all: TaskMark[]) =>
      all.map((each, i): Cell => {
        if (each.done) return each.shown ? 'shown' : 'done'
        if (!task || id !== lab || i !== current) return 'open'
        return stuck ? 'stuck' : 'current'
      })
    return {
      ...{
        id: member.id,
        name: member.name,
        state: member.state,
        connected: member.pages > 0,
        seen_at: member.seen_at,
      },
      ...{ hand_at: member.hand_at, hand_note: member.hand_note, lab, task: task || null, need },
      session: session ? { state: session.state, queue_place, terminals: session.terminals.list() } : null,
      tasks: Object.fromEntries([...marks].map(([id, all]) => [id, cells(id, all)])),
      done: [...marks.values()].flat().filter((each) => each.done).length,
      looking: looks.map((look) => rooms.nameAs(look.teacher)),
      consent: room.consents.get(member.id)?.get(teacher)?.is ?? 'none',
      typist: typist ? rooms.nameAs(typist.teacher) : null,
      answered: answered.has(member.id),
    }
  }
}

const indexOfCurrent = (marks: readonly TaskMark[], isLocked: (task: string) => boolean) =>
  marks.findIndex((mark) => !mark.done && !isLocked(mark.task))

/** What a learner's node says may be long. */
const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text)
