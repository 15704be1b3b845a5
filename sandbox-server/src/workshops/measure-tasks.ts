/** Where one learner stands in the tasks of one lab, from all their runs of it in this class: pure. */
import type { Task } from '@drydock/kit/schema'
import type { Run } from '../database/class-store.ts'
import { elapsed, type Pauses } from './elapsed.ts'

/** `shown_at`: when it was done for the learner, where that is known. */
export interface ClassRun extends Omit<Run, 'tasks'> {
  tasks: (Run['tasks'][number] & { shown_at?: number | null; lost?: boolean })[]
}

export interface TaskMark {
  task: string
  /** First done by the learner. */
  done_at: number | null
  shown: boolean
  /** It counts as done now: by whomever, and not lost again. */
  done: boolean
  /** When work on it began; null while the lab has not been ready. */
  begun_at: number | null
  /** From there until it was done, without pauses. */
  ms: number | null
  tries: number
  hints: number
}

/** Guards are no work of their own. */
export const tasksOf = (tasks: readonly Task[]): Task[] => tasks.filter((task) => task.type !== 'guard')

/** Milliseconds that each task of a lab is meant to take, as far as anybody can say before it was done. */
export const plannedTime = ({ minutes, tasks }: { minutes: number; tasks: readonly Task[] }): number =>
  (minutes * 60_000) / Math.max(1, tasksOf(tasks).length)

/** `runs`: of one learner and lab, oldest first. `began_at`: of the class. */
export function measureTasks(
  tasks: readonly Task[],
  runs: readonly ClassRun[],
  { began_at, pauses }: { began_at: number | null; pauses: Pauses },
): TaskMark[] {
  const latest = runs.at(-1)
  return tasksOf(tasks).map(({ id }) => {
    const rows = runs.flatMap((run) => run.tasks.filter((each) => each.task === id).map((row) => ({ run, row })))
    const first = rows
      .filter(({ row }) => row.passed_at !== null)
      .toSorted((a, b) => (a.row.passed_at ?? 0) - (b.row.passed_at ?? 0))[0]
    const done_at = first?.row.passed_at ?? null
    const run = first?.run ?? latest
    const begun_at = run ? beginning(run, id, done_at, began_at) : null
    const shown = done_at === null && rows.some(({ row }) => row.shown)
    const lost = rows.some(({ run: each, row }) => each === latest && row.lost === true)
    return {
      ...{ task: id, done_at, shown, done: (done_at !== null || shown) && !lost, begun_at },
      ms: done_at === null || begun_at === null ? null : elapsed(begun_at, done_at, pauses),
      tries: rows.reduce((sum, { row }) => sum + row.tries, 0),
      hints: new Set(rows.flatMap(({ row }) => row.hints)).size,
    }
  })
}

/** When the last of the other tasks was done before this one; else when the lab was ready, however long that took, or the class began. */
function beginning(run: ClassRun, task: string, until: number | null, began_at: number | null): number | null {
  if (run.ready_at === null) return null
  const others = run.tasks.flatMap((row) => (row.task === task ? [] : [row.passed_at, row.shown_at ?? null]))
  const before = others.filter((at) => at !== null && (until === null || at <= until))
  return Math.max(run.ready_at, began_at ?? 0, ...before.map(Number))
}
