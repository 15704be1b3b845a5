/**
 * Grades all tasks of a lab on running nodes, without sessions, HTTP or a browser: what `labs verify` calls after each
 * step of a solution. It remembers which `once` tasks have passed, as a session does.
 */
import type { Outcome } from '@drydock/kit'
import type { Task, Values } from '@drydock/kit/schema'
import type { Logger } from 'pino'
import type { RuntimeNode } from '../runtime/port.ts'
import type { Lab } from './lab.ts'
import { runCheck } from './run-check.ts'
import { createScratch, removeScratch } from './scratch.ts'

export interface LabGraderOptions {
  lab: Lab
  /** The nodes of one session in order, as `Runtime.start` resolved them. */
  nodes: readonly RuntimeNode[]
  /** The values and the seed of that session. */
  values: Values
  seed: number
  logger: Logger
}

export interface LabGrader {
  /**
   * Runs every check once and removes what acting ones made: observing checks side by side, each behind those that it comes
   * `after`, an acting one alone. Never rejects for what a check or a node does. `once` tasks that passed in an earlier call
   * stay passed and are not run again. A task with an `after` that is not done now is `blocked` by it and not run.
   * `acting` false leaves acting checks out: only what they are remembered for counts.
   */
  grade(options?: { signal?: AbortSignal; acting?: boolean }): Promise<Map<string, Outcome>>
  /** This `once` task has passed. */
  remember(task: string): void
}

export function createLabGrader({ lab, nodes, values, seed, logger }: LabGraderOptions): LabGrader {
  const passed = new Map<string, Outcome>()
  return {
    remember: (task) => void passed.set(task, { status: 'pass' }),

    async grade({ signal, acting = true } = {}) {
      const outcomes = new Map<string, Outcome>()
      const running = new Map<string, Promise<void>>()
      let acted = Promise.resolve()
      for (const task of lab.manifest.tasks) {
        if (task.check === 'acting' && !acting && !passed.has(task.id)) continue
        const alone = task.check === 'acting'
        const before = alone ? [...running.values()] : [acted, ...task.after.flatMap((id) => running.get(id) ?? [])]
        const ended = Promise.all(before).then(
          async () => void outcomes.set(task.id, await look(task, outcomes, signal)),
        )
        running.set(task.id, ended)
        if (alone) acted = ended
      }
      await Promise.all(running.values())
      // In the manifest's order again: people read it.
      return new Map([...running.keys()].map((id) => [id, outcomes.get(id)!]))
    },
  }

  async function look(task: Task, outcomes: Map<string, Outcome>, signal?: AbortSignal): Promise<Outcome> {
    const by = blockers(task, (id) => outcomes.get(id)?.status === 'pass')
    const result = passed.get(task.id) ?? (by.length > 0 ? blocked(by) : await run(task, signal))
    if (task.type === 'once' && result.status === 'pass') passed.set(task.id, result)
    return result
  }

  async function run(task: Task, signal?: AbortSignal): Promise<Outcome> {
    const check = lab.checks[task.id]
    if (!check) throw new Error(`${lab.id} has no check for ${task.id}`)
    try {
      const scratch = createScratch()
      const run = { check, lab: lab.id, task, nodes, values, seed, scratch, logger }
      return await runCheck({ ...run, ...(signal ? { signal } : {}) })
    } finally {
      if (task.check === 'acting') await Promise.all(nodes.map((node) => removeScratch(node, logger)))
    }
  }
}

/** The tasks that `task` waits for and that are not done. */
export function blockers(task: Task, isDone: (id: string) => boolean): string[] {
  return task.after.filter((id) => !isDone(id))
}

export const blocked = (by: string[]): Outcome => ({ status: 'blocked', by })
