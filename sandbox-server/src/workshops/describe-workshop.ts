/** A workshop as its instructors and its learners may know it. */
import { outlineLab } from '../grading/outline-lab.ts'
import type { Lab } from '../grading/lab.ts'
import type { MemberView, ProgramItem, WorkshopSummary, WorkshopView } from '../contract/workshops.ts'
import { showJoinCode } from './join-code.ts'
import { tasksOf } from './measure-tasks.ts'
import type { Member, Room } from './room.ts'
import type { Rooms } from './rooms.ts'

const day = 86_400_000

export interface DescribeOptions {
  rooms: Rooms
  labs: ReadonlyMap<string, Lab>
  publicUrl: string
  /** Places that are kept for it now. */
  reserved: (room: Room) => { places: number; of: number }
  now: () => number
}

export type Describe = ReturnType<typeof createDescribe>

/** When all of it is removed: of one that never began, as if it had begun and ended when it was meant to. */
export function removedAt({ record }: Room): number | null {
  const { ended_at, state, starts_at, minutes, continue_days } = record
  if (ended_at !== null) return ended_at + continue_days * day
  // A day for those who begin late.
  return state === 'planned' || state === 'waiting' ? starts_at + minutes * 60_000 + (continue_days + 1) * day : null
}

export function createDescribe({ rooms, labs, publicUrl, reserved, now }: DescribeOptions) {
  /** Ahead of what a server before this one has counted to. */
  let version = now()

  function common(room: Room) {
    const { record } = room
    const { id, title, starts_at, zone, minutes, size, hints_open, solutions_open, door, continue_days } = record
    const { state, began_at, ends_at, ended_at } = record
    const paused_at = record.pauses.find(([, until]) => until === null)?.[0] ?? null
    return {
      ...{
        id,
        title,
        labs: record.labs,
        starts_at,
        zone,
        minutes,
        size,
        hints_open,
        solutions_open,
        door,
        continue_days,
      },
      ...{ state, began_at, ends_at, ended_at, paused_at, removed_at: removedAt(room) },
    }
  }

  const summary = (room: Room): WorkshopSummary => ({ ...common(room), learners: present(room).length })

  function program({ record }: Room): ProgramItem[] {
    return record.labs.map((id) => {
      const lab = labs.get(id)
      if (!lab) return { id, title: id, tasks: [] }
      const own = new Set(tasksOf(lab.manifest.tasks).map((task) => task.id))
      const { title, tasks } = outlineLab(lab)
      const locked = (task: string) => record.locks.includes(`${id} ${task}`)
      return {
        ...{ id, title },
        tasks: tasks.flatMap((task) =>
          own.has(task.id) ? [{ id: task.id, goal: task.goal, locked: locked(task.id) }] : [],
        ),
      }
    })
  }

  return {
    summary,
    program,
    /** `for`: the instructor who reads it. */
    forTeacher(room: Room, learner: string): WorkshopView {
      const { code, code_expires_at, follow } = room.record
      const valid = code !== null && (code_expires_at ?? 0) > now() && room.record.state !== 'ended'
      const shown = valid ? showJoinCode(code) : null
      const others = room.teachers.filter((each) => each !== learner)
      return {
        ...summary(room),
        ...{ now: now(), version: ++version, program: program(room), follow, reserved: reserved(room) },
        ...{ code: shown, code_expires_at: valid ? code_expires_at : null },
        join_url: shown === null ? null : `${publicUrl}/join/#${shown}`,
        instructors: [learner, ...others].map((each) => rooms.nameAs(each)),
        removed: [...room.members.values()].flatMap(({ id, name, state }) =>
          state === 'removed' ? [{ id, name }] : [],
        ),
      }
    },
    forMember(room: Room, { id, name, state, hand_at }: Member): MemberView {
      return {
        ...common(room),
        ...{ now: now(), program: program(room), follow: room.record.follow, me: { id, name, state, hand_at } },
        instructors: room.teachers.map((each) => rooms.nameAs(each)),
      }
    },
  }
}

/** Who is in it: waiting, or let in. */
export const present = (room: Room): Member[] => [...room.members.values()].filter(({ state }) => state !== 'removed')
