/** Reads `labs/<topic>/<lab>/lab.yaml` for the site and keeps only what a browser may know: no hint, no check, no solution. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LabView } from '@drydock/sandbox-server/contract'
import { leaveOpen, manifest, type Manifest } from '@drydock/kit/schema'
import { parse } from 'yaml'
import { labsFolder } from './folders.ts'
import { formatProblem, problemsOf } from './problem.ts'

/** What a page knows of its lab at build time; the live part (can it start, what was kept) comes from the server. */
export type LabOutline = Omit<LabView, 'available' | 'kept'>
export type TaskOutline = LabOutline['tasks'][number]

/** The tasks that one does; a guard holds from the start, and is counted nowhere. */
export const tasksToDo = (lab: LabOutline | undefined): string[] =>
  (lab?.tasks ?? []).filter((task) => task.type !== 'guard').map((task) => task.id)

/** Undefined when there is no such lab; throws one sentence a mistake when there is one that cannot be read. */
export function loadLab(id: string, folder = labsFolder): LabOutline | undefined {
  const file = path.join(folder, id, 'lab.yaml')
  if (!existsSync(file)) return undefined
  const read = manifest.safeParse(parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(problemsOf(`labs/${id}/lab.yaml`, read.error).map(formatProblem).join('\n'))
  return outlineLab(id, read.data)
}

export function outlineLab(id: string, lab: Manifest): LabOutline {
  const open = (text: string) => leaveOpen(text, Object.keys(lab.values))
  return {
    id,
    title: lab.title,
    summary: lab.summary,
    kind: lab.kind,
    minutes: lab.minutes,
    nodes: lab.nodes,
    folder: lab.folder,
    ...(lab.pager === undefined ? {} : { pager: open(lab.pager) }),
    ...(lab.clock_minutes === undefined ? {} : { clock_minutes: lab.clock_minutes }),
    tasks: lab.tasks.map(({ id, goal, type, check, acts, after, hints }) => ({
      id,
      goal: open(goal),
      type,
      check,
      ...(acts === undefined ? {} : { acts: open(acts) }),
      after,
      hints: hints.length,
    })),
  }
}
