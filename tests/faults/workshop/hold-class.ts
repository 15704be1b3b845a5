/**
 * A whole class by real HTTP, WebSockets and nodes: learners join by the code, wait, work in a lab and drop off, the wall is open, and in
 * the middle the server is killed. Nobody loses a place, a session or a passed task. Shared by the test and the soak run.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { oneNode } from '../../harness/planted-labs.ts'
import type { Platform } from '../../harness/platform.ts'
import { nodesOf } from '../../harness/traces.ts'
import { createRandom } from '../random.ts'
import { openInstructor } from './instructor.ts'
import { readSteps } from './lab-steps.ts'
import { watchServer } from './server-cost.ts'
import { SimulatedLearner } from './simulated-learner.ts'

export interface ClassWish {
  learners: number
  /** From the first who joins until the last leaves; longer where the machine is too slow for two tasks each. */
  minutes: number
  seed: number
  progress: (text: string) => void
}

export interface ClassResult {
  /** What is not there any more, one sentence each. */
  lost: string[]
  real_nodes: number
  killed: number
  drops: number
  join_ms: number[]
  checks: { task: string; ms: number }[]
  wall_ms: number[]
  server_cpu_share: number
  server_mb: number
}

/** Sixty come in a minute. */
const joinEach = 1000
/** Megabytes that all machines may take together: the rest of the host is not ours. */
const bound = 12_000

const available = () => Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024

export async function holdClass(
  platform: Platform,
  { learners, minutes, seed, progress }: ClassWish,
): Promise<ClassResult> {
  const random = createRandom(seed)
  const steps = readSteps(oneNode)
  const instructor = await openInstructor(platform, oneNode, learners)
  const { code } = instructor.workshop
  if (code === null) throw new Error('the workshop has no code')
  const people = Array.from({ length: learners }, (_, nth) => {
    const who = platform.learner()
    return new SimulatedLearner({ who, name: `Learner ${nth + 1}`, lab: oneNode, steps, instructor, random })
  })
  const server = watchServer(platform)
  const until = Date.now() + minutes * 60_000
  const memory = watchMemory()

  /** There is something to lose. */
  const someBegan = new Promise<void>((resolve) => {
    let count = 0
    for (const each of people) void each.begun.then(() => ++count >= learners / 4 && resolve())
  })

  async function killInTheMiddle(worked: Promise<unknown>): Promise<void> {
    await delay((until - Date.now()) / 2)
    await Promise.race([someBegan, worked])
    progress('the server is killed')
    server.pause()
    const before = performance.now()
    await platform.kill9()
    await platform.restart()
    server.resume()
    progress(`the server answers again after ${Math.round(performance.now() - before)} ms`)
  }

  async function hold(): Promise<void> {
    await Promise.all(people.map((each, nth) => delay(nth * joinEach).then(() => each.join(code ?? ''))))
    progress(`${learners} wait`)
    await instructor.move('running')
    // What goes wrong for one is noted, and the others go on.
    const working = people.map((each) => each.work(until).catch((error: unknown) => each.lost.add(String(error))))
    const worked = Promise.all(working)
    await killInTheMiddle(worked)
    await worked
  }

  try {
    await Promise.race([hold(), memory.exceeded])
    const nodes = new Set(await nodesOf(platform.instance))
    const with_lab = people.filter(({ session }) => session !== null)
    const real_nodes = with_lab.filter(({ session }) => nodes.has(`${session}-node1`)).length
    progress(`${with_lab.length} of ${learners} had a lab`)
    for (const [nth, { waits }] of people.entries())
      if (waits !== null) progress(`Learner ${nth + 1} still queued: ${waits}`)
    await instructor.move('ended')
    const { learners: rows } = await instructor.report()
    const lost = people.flatMap((each, nth) => {
      const row = rows.find(({ name }) => name === `Learner ${nth + 1}`)
      const reported = new Set(row?.tasks.flatMap(({ task, done_at }) => (done_at === null ? [] : [task])))
      const unreported = [...each.passed].filter((task) => !reported.has(task)).map((task) => `${task} in the report`)
      return [...each.lost, ...(row ? unreported : ['the row in the report'])].map(
        (what) => `Learner ${nth + 1}: ${what}`,
      )
    })
    return {
      ...{ lost, real_nodes, killed: 1, drops: people.reduce((sum, each) => sum + each.drops, 0) },
      join_ms: people.map((each) => each.join_ms),
      checks: people.flatMap((each) => each.checks),
      wall_ms: people.flatMap((each) => each.wall_ms),
      ...server.read(),
    }
  } finally {
    memory.stop()
    for (const each of people) each.leave()
    await Promise.all(people.map((each) => each.end()))
    await instructor.remove()
  }
}

function watchMemory() {
  const before = available()
  const exceeded = Promise.withResolvers<never>()
  // Nobody waits for it when the class is over.
  exceeded.promise.catch(() => undefined)
  const timer = setInterval(() => {
    if (before - available() > bound) exceeded.reject(new Error(`the machines take more than ${bound} MB`))
  }, 1000)
  return { exceeded: exceeded.promise, stop: () => clearInterval(timer) }
}
