/** What a class has done in the labs of its plan: from sessions that run, and from the database for those that are over. */
import type { ClassStore } from '../database/class-store.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { ClassRun } from './measure-tasks.ts'
import type { Room } from './room.ts'

/** Milliseconds between two readings of what is over. */
const again = 1000

export interface ClassRuns {
  /** Of all who are or were in the class, oldest first; by learner. */
  read(room: Room): Promise<Map<string, ClassRun[]>>
  /** The lab of the plan that each has now, by learner: the newest that is not over, else one that failed. */
  live(room: Room): Map<string, LiveSession>
}

export function createClassRuns(classes: ClassStore, sessions: Sessions, now: () => number): ClassRuns {
  const known = new WeakMap<Room, { at: number; over: number; past: Promise<ClassRun[]> }>()
  let over = 0
  sessions.ended.subscribe(() => over++)

  function past(room: Room): Promise<ClassRun[]> {
    const { began_at, created_at, labs } = room.record
    const before = known.get(room)
    if (before && (before.over === over || now() - before.at < again)) return before.past
    const reading = classes.runs(room.id, labs, began_at ?? created_at)
    known.set(room, { at: now(), over, past: reading })
    reading.catch(() => known.delete(room))
    return reading
  }

  return {
    live(room) {
      const found = new Map<string, LiveSession>()
      const ours = sessions.all().filter(({ session }) => room.record.labs.includes(session.lab.id))
      for (const live of ours.toSorted((a, b) => a.session.createdAt - b.session.createdAt)) {
        const before = found.get(live.session.learner)
        if (!before || live.session.state !== 'failed' || before.session.state === 'failed')
          found.set(live.session.learner, live)
      }
      return found
    },
    async read(room) {
      const learners = new Set([...room.members.values()].map((member) => member.learner))
      const ours = sessions
        .all()
        .filter(({ session }) => learners.has(session.learner) && room.record.labs.includes(session.lab.id))
      const running = new Set(ours.map(({ session }) => session.id))
      const all = [...(await past(room)).filter((run) => !running.has(run.session)), ...ours.map(runOf)]
      return Map.groupBy(
        all.toSorted((a, b) => a.created_at - b.created_at),
        (run) => run.learner,
      )
    },
  }
}

function runOf({ session }: LiveSession): ClassRun {
  const { id, learner, lab, createdAt, readyAt, board } = session
  const tasks = board.list().map((state) => ({
    ...board.saved(state.id),
    shown_at: state.shown ? state.checked_at : null,
    lost: state.outcome !== null && !state.done && state.type === 'holds',
  }))
  return { session: id, learner, lab: lab.id, created_at: createdAt, ready_at: readyAt, tasks }
}
