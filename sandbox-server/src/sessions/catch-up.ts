/** Brings fresh machines to where a task begins: the lab's own setup, and the solution's steps before it, one after the other. */
import { scriptCommand, type Step } from '@drydock/kit/catalogue'
import { untilAborted } from '../grading/check-node.ts'
import type { Lab } from '../grading/lab.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import type { Session } from './session.ts'
import { setUp } from './set-up.ts'

/** Milliseconds: a step may build an image or wait for a container that ignores SIGTERM. */
export const stepWithin = 180_000

/** The steps that lead to the state before this task; all of them for null. */
export function stepsBefore(
  { manifest, solution }: Pick<Lab, 'manifest' | 'solution'>,
  task: string | null,
): readonly Step[] {
  if (task === null) return solution
  const ids = manifest.tasks.map((each) => each.id)
  return solution.filter((step) => ids.indexOf(step.task) < ids.indexOf(task))
}

export interface CatchUp {
  session: Session
  nodes: readonly RuntimeNode[]
  /** The task to stop before; null for none. */
  task: string | null
  signal: AbortSignal
  /** This task is done, by its step. */
  onDone: (task: string) => Promise<void>
}

/** Resolves with the task whose step did not work, where it stopped; undefined when all did. */
export async function catchUp({ session, nodes, task, signal, onDone }: CatchUp): Promise<string | undefined> {
  const { lab, values, seed } = session
  const [node1] = nodes
  session.tellProgress('Setting up what this lab begins with.')
  if (node1) await untilAborted(setUp(lab, node1, seed), signal)
  const steps = stepsBefore(lab, task)
  for (const [i, step] of steps.entries()) {
    session.tellProgress(`Doing step ${i + 1} of ${steps.length} for you.`)
    const node = nodes.find((each) => each.name === step.node)
    const argv = scriptCommand(step.script, values, seed)
    const ran = await untilAborted(
      node?.exec(argv, { timeout_ms: stepWithin }) ?? Promise.reject(new Error(`no ${step.node}`)),
      signal,
    )
    if (ran.code !== 0) return step.task
    await onDone(step.task)
  }
  return undefined
}
