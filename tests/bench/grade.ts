/**
 * How long after the last command its task turns green: the solution of every lab (or of those that are named) is typed step by step in real
 * sessions, and each task that only observes is timed from the end of its step; one that is green before counts as next to nothing.
 */
import path from 'node:path'
import type { SessionEvent, TaskState } from '@drydock/sandbox-server/contract'
import { chooseValues, environmentOf, loadCatalogue, type Lab, type Step } from '@drydock/kit/catalogue'
import { fillIn } from '@drydock/kit/schema'
import type { Learner } from '../harness/learner.ts'
import { repository, startPlatform } from '../harness/platform.ts'
import type { TerminalClient } from '../harness/terminal.ts'
import { quantile, report } from './figures.ts'

/** Milliseconds: a setup forms a swarm, a step builds an image, and a check that acts restarts what it asks. */
const stepWithin = 180_000
const greenWithin = 60_000
const named = process.argv.slice(2).filter((argument) => argument.includes('/'))
const { labs } = await loadCatalogue(path.join(repository, 'labs'))
await using platform = await startPlatform()
/** By `<lab>, <task>`: milliseconds. */
const times = new Map<string, number>()

/** The newest state of a task among the events. */
function stateOf(events: readonly SessionEvent[], task: string): TaskState | undefined {
  for (const event of events.toReversed()) {
    if (event.type === 'task' && event.task.id === task) return event.task
    if (event.type === 'session') return event.session.tasks.find((state) => state.id === task)
  }
  return undefined
}

async function seedOf(learner: Learner, session: string): Promise<number> {
  const { body } = await learner.request<{ sessions: { id: string; seed: number }[] }>('GET', '/api/learner/export')
  const own = body.sessions.find(({ id }) => id === session)
  if (!own) throw new Error('the session is not in what its learner can take along')
  return own.seed
}

async function openOn(learner: Learner, session: string, node: string): Promise<TerminalClient> {
  if (node === 'node1') return learner.terminal(session)
  const made = await learner.request<{ id: string }>('POST', `/api/sessions/${session}/terminals`, { node })
  return learner.terminal(session, { terminal: made.body.id })
}

/** Types the step as one line, whatever is in it. */
async function typeStep(terminal: TerminalClient, lab: Lab, { script, task }: Step, seed: number): Promise<void> {
  const values = chooseValues(lab.manifest, seed)
  const set = Object.entries(environmentOf(values, seed)).map(([name, value]) => `${name}='${value}'`)
  const text = Buffer.from(fillIn(script, values)).toString('base64')
  const line = `env ${set.join(' ')} bash -ec "$(echo ${text} | base64 -d)" </dev/null || echo failed-$((40+2))`
  const said = await terminal.run(line, stepWithin)
  if (said.includes('failed-42')) throw new Error(`${lab.id}: the step for ${task} failed: ${said.slice(-500)}`)
}

const stayedRed = (lab: string, state: TaskState | undefined) =>
  new Error(`${lab}: ${state?.id} stays red: ${JSON.stringify(state?.outcome)}`)

async function solve(lab: Lab): Promise<void> {
  const learner = platform.learner()
  const { id } = await learner.start(lab.id)
  const events = await learner.events(id)
  const terminals = new Map<string, TerminalClient>()
  try {
    const seed = await seedOf(learner, id)
    for (const { node } of lab.solution) if (!terminals.has(node)) terminals.set(node, await openOn(learner, id, node))
    // Nothing is graded before the lab's own setup is through.
    const graded = ({ id: task }: { id: string }) => (stateOf(events.all, task)?.checked_at ?? null) !== null
    await events.find(() => lab.manifest.tasks.some(graded), stepWithin)
    for (const step of lab.solution) {
      const { check } = lab.manifest.tasks.find((task) => task.id === step.task)!
      await typeStep(terminals.get(step.node)!, lab, step, seed)
      const ended = performance.now()
      if (check === 'acting') await learner.request('POST', `/api/sessions/${id}/tasks/${step.task}/check`)
      await events
        .find(() => stateOf(events.all, step.task)?.done === true, greenWithin)
        .catch(() => Promise.reject(stayedRed(lab.id, stateOf(events.all, step.task))))
      if (check === 'observing') times.set(`${lab.id}, ${step.task}`, performance.now() - ended)
    }
  } finally {
    events.close()
    for (const terminal of terminals.values()) terminal.close()
    await learner.end(id)
  }
}

for (const lab of labs.values()) {
  const observes = lab.manifest.tasks.some((task) => task.check === 'observing')
  if (!observes || (named.length > 0 && !named.includes(lab.id))) continue
  await solve(lab)
  const own = [...times].filter(([name]) => name.startsWith(`${lab.id}, `)).map(([, ms]) => ms)
  process.stderr.write(`  ${lab.id}: ${own.map((ms) => `${Math.round(ms)}`).join(', ')} ms\n`)
}
const all = [...times.values()]
report({
  bench: 'grade',
  figures: { tasks: all.length, p50_ms: quantile(all, 0.5), p95_ms: quantile(all, 0.95), slowest_ms: Math.max(...all) },
  budget: { p95_ms: { max: 1000 } },
})
