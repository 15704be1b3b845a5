/**
 * Rounds in which server, lab engine and single nodes are killed at random under learners who work. A session that should live does:
 * the same shell when its node was not hit, the same files always, each line of work and each hint that was
 * noted once. What ended leaves nothing. Shared by the
 * test and the soak run; the seed says what happens when.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { HintsView, ProgressView, TaskState } from '@drydock/sandbox-server/contract'
import { requireEngine } from '../../infra/engine/api.ts'
import { enginePid, startEngine } from '../../infra/engine/lab-engine.ts'
import type { Learner } from '../harness/learner.ts'
import { oneNode, threeNodes } from '../harness/planted-labs.ts'
import type { Platform } from '../harness/platform.ts'
import type { TerminalClient } from '../harness/terminal.ts'
import { findLeaks, traceSession } from '../harness/traces.ts'
import { createRandom } from './random.ts'

export interface LifecycleResult {
  /** Rounds after which a session that should live did not, or had lost its shell, its variable, its files or a hint that was noted. */
  lost: number
  /** Lines that the learners' commands wrote, against one a round; 0 when each is there once. */
  repeated_or_missing: number
  /** Programs still attached to a terminal beyond the one that is watched and its holder. */
  left_attached: number
  /** What is left of sessions ten seconds after their end. */
  leaked: number
}

const faults = ['server', 'server', 'engine', 'node', 'both', 'end'] as const
type Fault = (typeof faults)[number]

interface Worker {
  learner: Learner
  lab: string
  id: string
  terminal: TerminalClient
  shell: string
  /** Rounds whose line it has written. */
  wrote: number[]
  /** By task, how many hints the server said it has noted. */
  hints: Map<string, number>
}

const pidIn = (said: string) => /^pid (\d+)/m.exec(said)?.[1] ?? 'none'

async function beginWork(platform: Platform, lab: string): Promise<Worker> {
  const learner = platform.learner()
  const { id } = await learner.start(lab, { timeout_ms: 120_000 })
  // Whose machine is hit before the lab is set up begins anew, and is told so: that is no loss, and not what is counted here.
  await learner.task(id, 'lighthouse', (task) => task.outcome?.status === 'pass', 60_000)
  const terminal = await learner.terminal(id)
  const shell = pidIn(await terminal.run('KEPT=yes; echo "pid $$"'))
  return { learner, lab, id, terminal, shell, wrote: [], hints: new Map() }
}

export async function lifecycleRounds(
  platform: Platform,
  { rounds, seed, progress }: { rounds: number; seed: number; progress: (text: string) => void },
): Promise<LifecycleResult> {
  const { instance } = platform
  const random = createRandom(seed)
  const result: LifecycleResult = { lost: 0, repeated_or_missing: 0, left_attached: 0, leaked: 0 }
  const workers = [await beginWork(platform, oneNode), await beginWork(platform, threeNodes)]

  const killEngine = async () => {
    const pid = enginePid(instance)
    if (pid) process.kill(pid, 'SIGKILL')
    while (enginePid(instance) !== null) await delay(20)
  }
  const killNode = async (worker: Worker, node: number) => {
    const path = `/containers/${worker.id}-node${node}/json`
    const { State } = JSON.parse(await requireEngine(instance, 'GET', path)) as { State: { Pid: number } }
    process.kill(State.Pid, 'SIGKILL')
  }

  /** Resolves when the worker's shell is usable again; answers whether all is as it should be. */
  async function isWhole(worker: Worker, sameShell: boolean): Promise<boolean> {
    const { offset } = worker.terminal
    const since = sameShell ? { since: offset } : {}
    const { terminal, said } = await untilUsable(worker, since)
    worker.terminal = terminal
    const continued = !sameShell || (terminal.start.offset === offset && !terminal.start.reset)
    const kept = said.includes(`pid ${worker.shell} yes`)
    if (!sameShell) worker.shell = pidIn(await terminal.run('KEPT=yes; echo "pid $$"'))
    const { state, tasks } = await worker.learner.session(worker.id)
    const noted = tasks.every(({ id, hints_taken }) => hints_taken.length >= (worker.hints.get(id) ?? 0))
    return state === 'ready' && continued && (kept || !sameShell) && noted && (await areCounted(worker, tasks))
  }

  /** What the learner's own page says of hints is what the lab says. */
  async function areCounted({ learner, lab }: Worker, tasks: readonly TaskState[]): Promise<boolean> {
    const { body } = await learner.request<ProgressView>('GET', '/api/progress')
    const taken = tasks.reduce((sum, { hints_taken }) => sum + hints_taken.length, 0)
    if (body.labs[lab]?.hints === taken || taken === 0) return true
    progress(`  ${body.labs[lab]?.hints} hints are counted, ${taken} were taken`)
    return false
  }

  /** Of another task each round. */
  async function takeHint(worker: Worker, round: number): Promise<void> {
    const { tasks } = await worker.learner.session(worker.id)
    const { id } = tasks[round % tasks.length]!
    const path = `/api/sessions/${worker.id}/tasks/${id}/hints`
    const answer = await worker.learner.request<HintsView>('POST', path).catch(() => null)
    if (answer?.status === 200) worker.hints.set(id, answer.body.shown.length)
  }

  async function end(worker: Worker): Promise<Worker> {
    const left = await traceSession(instance, worker.id)
    await count(worker)
    worker.terminal.close()
    const until = Date.now() + 10_000
    await worker.learner.end(worker.id)
    let traces = await left()
    for (; traces.length > 0 && Date.now() < until; traces = await left()) await delay(100)
    for (const trace of traces) {
      result.leaked++
      progress(`left ten seconds after the end: ${trace}`)
    }
    return worker
  }

  async function count(worker: Worker): Promise<void> {
    const lines = (await worker.terminal.run('cat ~/rounds')).match(/^round-\d+$/gm) ?? []
    const wrong = worker.wrote.filter((round) => lines.filter((line) => line === `round-${round}`).length !== 1)
    result.repeated_or_missing += wrong.length
    // Who has just left is gone in a moment.
    const attached = await worker.terminal.run(
      'for _ in $(seq 50); do n=$(pgrep -c -f "term attach main"); [ "$n" -gt 2 ] || break; sleep 0.1; done; echo "count $n"',
    )
    result.left_attached += Math.max(0, Number(/^count (\d+)$/m.exec(attached)?.[1] ?? 99) - 2)
  }

  for (let round = 1; round <= rounds; round++) {
    const fault: Fault = faults[Math.floor(random() * faults.length)] ?? 'server'
    const at = Math.floor(random() * workers.length)
    const node = 1 + Math.floor(random() * (workers[at]?.lab === threeNodes ? 3 : 1))
    progress(`round ${round} of ${rounds}: ${fault === 'node' ? `node${node} of ${workers[at]?.lab}` : fault}`)
    if (fault === 'end') {
      const before = workers[at]
      if (before) workers[at] = await end(before).then(() => beginWork(platform, before.lab))
      continue
    }
    // Hit while a command runs: it goes on without us, unless its own node is hit.
    for (const [i, worker] of workers.entries()) {
      if (fault === 'node' && i === at) continue
      worker.terminal.type(`sleep 0.2; echo round-${round} >> ~/rounds\r`)
      await worker.terminal.waitFor(`round-${round} >>`)
      worker.wrote.push(round)
    }
    if (fault === 'server' || fault === 'both') {
      // One is noted before the kill, the other is on its way.
      const asking = workers.map((worker) => takeHint(worker, round).catch(() => undefined))
      await asking[at]
      await platform.kill9()
      await Promise.all(asking)
    }
    if (fault === 'engine' || fault === 'both') await killEngine().then(() => startEngine(instance))
    if (fault === 'server' || fault === 'both') await platform.restart()
    const hit = workers[at]
    if (fault === 'node' && hit) {
      const events = await hit.learner.events(hit.id)
      await killNode(hit, node)
      await events.find((e) => e.type === 'error' && e.message.includes('was started again'), 60_000)
      events.close()
    }
    for (const [i, worker] of workers.entries()) {
      if (fault === 'node' && i !== at) continue
      // A server that lives holds the connection while it looks for the shell.
      worker.terminal.close()
      await worker.terminal.closed
      if (await isWhole(worker, fault !== 'node' || node !== 1)) continue
      result.lost++
      progress(`  lost: ${worker.lab}`)
    }
  }
  for (const worker of workers) await end(worker)
  const until = Date.now() + 10_000
  let leaks = await findLeaks(instance)
  for (; leaks.length > 0 && Date.now() < until; leaks = await findLeaks(instance)) await delay(100)
  for (const leak of leaks) {
    result.leaked++
    progress(`leaked: ${leak}`)
  }
  return result
}

/** A terminal that answers; the first one after a fault may still belong to what was hit. */
async function untilUsable(
  worker: Worker,
  since: { since?: number },
): Promise<{ terminal: TerminalClient; said: string }> {
  for (const until = Date.now() + 90_000; ; await delay(200)) {
    let terminal: TerminalClient | undefined
    try {
      terminal = await worker.learner.terminal(worker.id, since)
      return { terminal, said: await terminal.run('echo "pid $$ $KEPT"') }
    } catch (error) {
      terminal?.close()
      if (Date.now() > until) throw error
    }
  }
}
