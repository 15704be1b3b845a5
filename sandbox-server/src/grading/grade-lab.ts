/**
 * Grades all tasks of a lab on running nodes, without sessions, HTTP or a browser: what `labs verify` calls after each
 * step of a solution. It remembers which `once` tasks have passed, as a session does.
 */
import type { Outcome } from '@drydock/kit'
import type { Task } from '@drydock/kit/schema'
import type { Logger } from 'pino'
import type { RuntimeNode } from '../runtime/port.ts'
import type { Lab } from './lab.ts'
import { runCheck } from './run-check.ts'
import { createScratch, removeScratch } from './scratch.ts'

export interface LabGraderOptions {
  lab: Lab
  /** The nodes of one session in order, as `Runtime.start` resolved them. */
  nodes: readonly RuntimeNode[]
  /** The seed of that session. */
  seed: number
  logger: Logger
}

export interface LabGrader {
  /**
   * Runs every check once, one after the other in the manifest's order, acting ones included, and removes what they
   * made. Never rejects for what a check or a node does. `once` tasks that passed in an earlier call stay passed and are
   * not run again. A task with an `after` that is not done now is `blocked` by it and not run.
   */
  grade(options?: { signal?: AbortSignal }): Promise<Map<string, Outcome>>
}

export function createLabGrader({ lab, nodes, seed, logger }: LabGraderOptions): LabGrader {
  const passed = new Map<string, Outcome>()
  return {
    async grade({ signal } = {}) {
      const outcomes = new Map<string, Outcome>()
      for (const task of lab.manifest.tasks) {
        const by = blockers(task, (id) => outcomes.get(id)?.status === 'pass')
        const result = passed.get(task.id) ?? (by.length > 0 ? blocked(by) : await run(task, signal))
        if (task.type === 'once' && result.status === 'pass') passed.set(task.id, result)
        outcomes.set(task.id, result)
      }
      return outcomes
    },
  }

  async function run(task: Task, signal?: AbortSignal): Promise<Outcome> {
    const check = lab.checks[task.id]
    if (!check) throw new Error(`${lab.id} has no check for ${task.id}`)
    try {
      const scratch = createScratch()
      return await runCheck({ check, task, nodes, seed, scratch, logger, ...(signal ? { signal } : {}) })
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
