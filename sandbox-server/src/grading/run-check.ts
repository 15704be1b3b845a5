/** Runs one check and always comes back with a valid outcome: what goes wrong on our side is `unavailable`, never `fail`. */
import { EngineDown, outcome, type Check, type Outcome } from '@drydock/kit'
import type { Task, Values } from '@drydock/kit/schema'
import { patient } from '../../../infra/patience.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { createCheckNode, untilAborted, type StoppedNodes } from './check-node.ts'
import type { LimitedLog } from './limit-log.ts'

/** Milliseconds that a check may take. Acting checks build and restart things. */
export const timeLimits = { observing: 15_000, acting: 120_000 } as const

export interface CheckRun {
  check: Check
  /** Id of its lab, so that whoever is told can say which one is broken. */
  lab: string
  task: Task
  nodes: readonly RuntimeNode[]
  values: Values
  seed: number
  /** See `CheckContext.scratch`. */
  scratch: string
  /** Ends the check early, for example because the session ends. */
  signal?: AbortSignal
  timeout_ms?: number
  logger: LimitedLog
}

export async function runCheck(run: CheckRun): Promise<Outcome> {
  const limit = patient(run.timeout_ms ?? timeLimits[run.task.check])
  const timeout = AbortSignal.timeout(limit)
  const signal = run.signal ? AbortSignal.any([run.signal, timeout]) : timeout
  const stopped: StoppedNodes | null = run.task.check === 'acting' ? new Set() : null
  const nodes = run.nodes.map((node) => createCheckNode(node, signal, stopped))
  const [node1] = nodes
  if (!node1) return unavailable('The lab has no node that could be checked.')
  try {
    const context = { node1, nodes, values: run.values, seed: run.seed, scratch: run.scratch }
    const answer = await untilAborted(startCheck(run.check, context), signal)
    return accept(answer, run)
  } catch (error) {
    if (run.signal?.aborted) return unavailable('The check was interrupted.')
    if (timeout.aborted) {
      run.logger.warn({ lab: run.lab, task: run.task.id, limit }, 'check timed out')
      return unavailable(`The check of ${run.lab} took longer than ${Math.round(limit / 1000)} s. It is tried again.`)
    }
    if (error instanceof EngineDown) return observeEngines(run.nodes)
    run.logger.error({ lab: run.lab, task: run.task.id, err: error }, 'check crashed')
    return broken(run)
  } finally {
    if (stopped) await restart(stopped, run)
  }
}

/** Nodes of a session that ends go away, stopped or not. */
async function restart(stopped: StoppedNodes, run: CheckRun): Promise<void> {
  for (const node of stopped) {
    if (run.signal?.aborted) return
    await node
      .start()
      .catch((error: unknown) =>
        run.logger.error({ lab: run.lab, task: run.task.id, node: node.name, err: error }, 'node not started again'),
      )
  }
}

/** A check that throws before it returns a promise rejects like any other. */
const startCheck = async (check: Check, context: Parameters<Check>[0]) => check(context)

/** A node whose engine is stopped or broken is the learner's to repair; a node that does not answer at all is ours. */
async function observeEngines(nodes: readonly RuntimeNode[]): Promise<Outcome> {
  const down: string[] = []
  for (const node of nodes) {
    try {
      await node.request('GET', '/version', undefined, { timeout_ms: 2000 })
    } catch (error) {
      if (!(error instanceof EngineDown)) continue
      const said = await node.exec(['/bin/true'], { timeout_ms: 2000 }).catch(() => null)
      if (!said) return unavailable('The lab does not answer at the moment. It is tried again.')
      down.push(node.name)
    }
  }
  if (down.length === 0)
    return unavailable('The Docker Engine of this lab did not answer for a moment. It is tried again.')
  const names = down.join(' and ')
  return {
    status: 'fail',
    expected: `The Docker Engine of ${names} answers.`,
    observed: 'It does not. `service docker status` says whether it runs, `tail /var/log/docker.log` why not.',
  }
}

/** Checks are ours, what they pass on is the learner's: the answer is taken only in the form that the kit describes. */
function accept(answer: unknown, run: CheckRun): Outcome {
  const parsed = outcome.safeParse(answer)
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 3)
    run.logger.error({ lab: run.lab, task: run.task.id, issues }, 'check answered nonsense')
    return broken(run)
  }
  if (parsed.data.status !== 'fail' || parsed.data.hint === undefined) return parsed.data
  if (run.task.hints.some((hint) => hint.id === (parsed.data as { hint?: string }).hint)) return parsed.data
  run.logger.error({ task: run.task.id, hint: parsed.data.hint }, 'check selected a hint that the task does not have')
  return { status: 'fail', expected: parsed.data.expected, observed: parsed.data.observed }
}

const broken = ({ lab, task }: CheckRun) =>
  unavailable(`The check \`${task.id}\` of ${lab} itself failed. That is our fault, not yours; it was logged.`)

export const unavailable = (reason: string): Outcome => ({ status: 'unavailable', reason })
