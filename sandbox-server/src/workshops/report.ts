/** What became of a class: per learner and per task, from what its sessions left; and the same as a table. */
import type { z } from 'zod'
import type { reportCell, WorkshopReport } from '../contract/workshop-report.ts'
import type { ClassStore } from '../database/class-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { ClassRuns } from './class-runs.ts'
import { explainStuck } from './decide-need.ts'
import { present, type Describe } from './describe-workshop.ts'
import { elapsed } from './elapsed.ts'
import { plannedTime, type TaskMark } from './measure-tasks.ts'
import type { Room } from './room.ts'
import { marksOf, medians } from './wall.ts'

type Cell = z.infer<typeof reportCell>

export interface ReportOptions {
  labs: ReadonlyMap<string, Lab>
  classes: ClassStore
  runs: ClassRuns
  describe: Describe
  now: () => number
}

export function createReport({ labs, classes, runs, describe, now }: ReportOptions) {
  return async (room: Room): Promise<WorkshopReport> => {
    const [done, helps] = [await runs.read(room), await classes.helps(room.id)]
    const members = present(room).filter(({ state }) => state === 'admitted')
    const marks = new Map(members.map((member) => [member.id, marksOf(room, labs, done.get(member.learner) ?? [])]))
    const times = medians(marks.values())
    const until = Math.min(room.record.ended_at ?? now(), now())
    const program = describe.program(room)

    const cell = (lab: string, mark: TaskMark, nth: number): Cell => {
      const { task, done_at, shown, ms, tries, hints } = mark
      const median_ms = times.get(`${lab} ${task}`)?.median_ms ?? null
      const worked = ms ?? (mark.begun_at === null ? 0 : elapsed(mark.begun_at, until, room.record.pauses))
      // Of a task that was done the last try did not fail. What nobody began has no time of its own.
      const failed = done_at === null ? tries : Math.max(0, tries - 1)
      const began = done_at !== null || tries > 0 || hints > 0 || shown
      const plan = labs.get(lab)?.manifest
      const planned_ms = plan ? plannedTime(plan) : Infinity
      const stuck = began ? explainStuck({ nth, tries: failed, ms: worked, median_ms, planned_ms }) : null
      return { lab, task, done_at, shown, ms, tries, hints, stuck: stuck?.words ?? null }
    }
    const learners = members.map((member) => {
      const mine = marks.get(member.id) ?? new Map<string, TaskMark[]>()
      const tasks = [...mine].flatMap(([lab, all]) => all.map((mark, i) => cell(lab, mark, i + 1)))
      return {
        ...{ name: member.name, joined_at: member.joined_at, tasks, helps: helps.get(member.id) ?? 0 },
        done: tasks.filter((each) => each.done_at !== null || each.shown).length,
        of: program.reduce((sum, item) => sum + item.tasks.length, 0),
      }
    })
    const tasks = program.flatMap(({ id, tasks: own }) =>
      own.map((task) => {
        const all = learners.flatMap((each) => each.tasks.filter((row) => row.lab === id && row.task === task.id))
        return {
          ...{ lab: id, task: task.id, goal: task.goal, begun: all.filter(isBegun).length },
          done: all.filter((each) => each.done_at !== null).length,
          shown: all.filter((each) => each.shown).length,
          stuck: all.filter((each) => each.stuck !== null).length,
          median_ms: times.get(`${id} ${task.id}`)?.median_ms ?? null,
          tries: all.reduce((sum, each) => sum + each.tries, 0),
          hints: all.reduce((sum, each) => sum + each.hints, 0),
        }
      }),
    )
    return { workshop: describe.summary(room), program, learners, tasks }
  }
}

const isBegun = (cell: Cell) => cell.done_at !== null || cell.shown || cell.tries > 0 || cell.hints > 0

/** RFC 4180, with a byte order mark, so that spreadsheets read names as they are. */
export function writeCsv({ learners }: WorkshopReport): string {
  const head = ['learner', 'lab', 'task', 'done', 'seconds', 'tries', 'hints', 'helped', 'stuck']
  const rows = learners.flatMap(({ name, helps, tasks }) =>
    (tasks.length > 0 ? tasks : [null]).map((cell) => [
      ...[name, cell?.lab ?? '', cell?.task ?? ''],
      cell === null ? '' : cell.done_at !== null ? new Date(cell.done_at).toISOString() : cell.shown ? 'shown' : '',
      cell?.ms == null ? '' : String(Math.round(cell.ms / 1000)),
      ...[String(cell?.tries ?? ''), String(cell?.hints ?? ''), String(helps), cell?.stuck ?? ''],
    ]),
  )
  return `\uFEFF${[head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`
}

/** A name must not become a formula in whatever opens the table. */
function quote(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
