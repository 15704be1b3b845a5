/** Proves the checks of one lab: untouched, after each step, after each mistake, after each other right answer and after a reset, every task says what it must. */
import type { Alternative, Lab, Mistake } from '../catalogue/lab.ts'
import type { Outcome } from '../outcome.ts'
import type { LabBench, LabRun } from './bench.ts'
import { compare, type Difference } from './compare.ts'
import { expectAfter, expectMistake, type Expectations } from './expected.ts'
import type { Deviation } from './result.ts'
import { typeLesson } from './type-lesson.ts'

export interface VerifyOptions {
  seed: number
  /** One line for each case, as it begins. */
  progress: (text: string) => void
  /** What each task said in each case (`<lab>: <case>`), for authors who want to read it as a learner would. */
  outcomes?: (name: string, outcomes: Record<string, Outcome>) => void
  /** What the nodes say of a case that deviates, while they still run. */
  account?: (name: string, text: string) => void
  /** How often a deviating state is graded before it counts: what a container does takes its time. Default 6. */
  attempts?: number
  /** And for at least how many milliseconds: on a busy host six quick looks are over before a swarm has settled. Default 0. */
  settle_ms?: number
  /** Milliseconds of any clock that does not jump. */
  now: () => number
  /** Stops the proof: what has begun is taken back, nothing else begins. */
  signal?: AbortSignal
  /** Waits between two attempts. */
  pause: () => Promise<void>
  /** The parts to prove: `solution`, or names of mistakes, cheats and alternatives. All of them when it is not given. */
  cases?: readonly string[]
}

/** A part of the proof that runs on nodes of its own: no part waits for another. */
export interface Part {
  lab: string
  kind: 'solution' | 'lesson' | 'mistake' | 'cheat' | 'alternative'
  run: (bench: LabBench) => Promise<Proven>
}

export interface Proven {
  deviations: Deviation[]
  /** False where something happened that must not happen even once: a wrong state turned green, or something was left behind. */
  excusable: boolean
}

/** What `cases` calls the part that walks from the untouched lab along the solution to a reset. */
const wayOfSolution = 'solution'

/** The typing of the lesson alone, which is otherwise the end of that part. */
const lessonAlone = 'lesson'

export const casesOf = (lab: Lab): string[] => [
  wayOfSolution,
  lessonAlone,
  ...[...lab.mistakes, ...lab.alternatives].map(({ name }) => name),
]

/** First the way of the solution, which is the longest part, then each mistake from fresh nodes on. */
export function partsOf(lab: Lab, options: VerifyOptions): Part[] {
  const part = (kind: Part['kind'], first: string, work: (proof: Proof, name: string) => Promise<void>): Part => ({
    lab: lab.id,
    kind,
    run: (bench) => runPart(lab, bench, options, first, work),
  })
  const wanted = ({ name }: { name: string }) => options.cases?.includes(name) ?? true
  const mistakes = lab.mistakes.filter(wanted).toSorted((a, b) => a.after - b.after)
  return [
    ...(wanted({ name: wayOfSolution }) ? [part('solution', 'untouched', walk)] : []),
    ...mistakes.map((mistake) => {
      const kind = mistake.cheat ? 'cheat' : 'mistake'
      const first = mistake.cheat ? mistake.name : `mistake ${mistake.name}`
      return part(kind, first, (proof, name) => makeMistake(proof, name, mistake))
    }),
    ...lab.alternatives
      .filter(wanted)
      .map((other) =>
        part('alternative', `alternative ${other.name}`, (proof, name) => answerOtherwise(proof, name, other)),
      ),
    // Without a choice it is the end of the way of the solution.
    ...(options.cases?.includes(lessonAlone) ? [part('lesson', 'the lesson', read)] : []),
  ]
}

interface Proof {
  lab: Lab
  run: LabRun
  options: VerifyOptions
  begin: (name: string) => void
  /** `never`: what must not happen even once, so that no second try excuses it. */
  report: (name: string, expected: string, observed: string, never?: boolean) => void
}

async function runPart(
  lab: Lab,
  bench: LabBench,
  options: VerifyOptions,
  first: string,
  work: (proof: Proof, name: string) => Promise<void>,
): Promise<Proven> {
  const deviations: Deviation[] = []
  let once = false
  const report: Proof['report'] = (name, expected, observed, never = false) => {
    deviations.push({ lab: lab.id, case: name, expected, observed })
    once ||= never
  }
  let run: LabRun | undefined
  let name = first
  const begin = (next: string) => {
    name = next
    options.progress(`${lab.id}: ${next}`)
  }
  try {
    begin(first)
    run = await bench.boot(lab, options.seed)
    await work({ lab, run, options, begin, report }, first)
  } catch (error) {
    report(name, 'the lab runs', error instanceof Error ? error.message : String(error))
  } finally {
    if (run && deviations.length > 0 && options.account)
      options.account(
        `${lab.id}: ${deviations[0]!.case}, seed ${options.seed}`,
        await run.account().catch((error: unknown) => String(error)),
      )
    const left = await run?.end().catch((error: unknown) => [`the end failed: ${String(error)}`])
    for (const thing of left ?? []) report(`after the end of ${first}`, 'nothing is left behind', thing, true)
  }
  return { deviations, excusable: !once }
}

async function walk(proof: Proof, untouched: string): Promise<void> {
  const { lab, run, begin } = proof
  await hold(proof, untouched, expectAfter(lab, 0))
  for (const [i, step] of lab.solution.entries()) {
    const name = `after step ${i + 1}, ${step.task}`
    begin(name)
    if (!(await solve(proof, name, i))) break
    await hold(proof, name, expectAfter(lab, i + 1))
  }
  begin('after a reset')
  await run.reset()
  await hold(proof, 'after a reset', expectAfter(lab, 0))
  await read(proof)
}

/** Types the lesson into the untouched lab. */
async function read(proof: Proof): Promise<void> {
  const { lesson } = proof.lab
  if (lesson) await typeLesson({ ...proof, lesson, openShell: proof.run.openShell, doTask: doTask(proof) })
}

/** What a reader does at a `<Task>`: nothing where it is done already or a guard, else its step of the solution, and waits until it shows. */
function doTask(proof: Proof): (id: string, place: string) => Promise<boolean> {
  const { lab, run, options } = proof
  const passes = async (id: string) => (await run.grade({ acting: false }))[id]?.status === 'pass'
  return async (id, place) => {
    const step = lab.solution.findIndex((each) => each.task === id)
    if (step < 0 || (await passes(id))) return true
    if (!(await solve(proof, place, step))) return false
    const observed = lab.manifest.tasks.find((task) => task.id === id)?.check === 'observing'
    const goOn = patience(options)
    while (observed && goOn() && !(await passes(id))) await options.pause()
    return true
  }
}

async function makeMistake(proof: Proof, name: string, mistake: Mistake): Promise<void> {
  const { lab, run, report } = proof
  for (let i = 0; i < mistake.after; i++) if (!(await solve(proof, name, i))) return
  const before = await arrive(proof, mistake.after)
  const state = await run.fingerprint()
  const ran = await run.runScript(mistake.node, mistake.script)
  // Its outcome would be that of a mistake half made, and it would cost its time in each proof.
  if (ran.code === -1) report(name, 'its script ends', 'it had to be cut off')
  const made = await run.fingerprint()
  const changed = state !== made
  // What people get wrong may well end with an error; whether it should have, its author sees.
  const said = ran.output.trim().slice(-300)
  const told = ran.code === 0 ? '' : `; its script ended with ${ran.code}${said && `: ${said}`}`
  const outcomes = await hold(
    { ...proof, report: (at, expected, observed, never) => report(at, expected, `${observed}${told}`, never) },
    name,
    expectMistake(lab, mistake),
    made,
  )
  // A mistake can leave its only trace in what a check says; another outcome than the recorded one is reported already.
  const hints = [before, outcomes].map((each) => hintOf(each[mistake.task]))
  // After some steps a mistake may well be that nothing happens, as with a file that nobody reads; but not that its script fails.
  const idle = !changed && (mistake.after === 0 || ran.code !== 0)
  if (idle && hints.every((hint) => hint === mistake.hint))
    report(name, 'the mistake changes something', `engine and work folder are as before${told}`)
}

const hintOf = (outcome: Outcome | undefined) => (outcome?.status === 'fail' ? outcome.hint : undefined)

/** A right answer that is not ours has to be as good as ours. */
async function answerOtherwise(proof: Proof, name: string, other: Alternative): Promise<void> {
  const { lab } = proof
  const step = lab.solution.findIndex(({ task }) => task === other.task)
  for (let i = 0; i < step; i++) if (!(await solve(proof, name, i))) return
  await arrive(proof, step)
  if (await runStep(proof, name, other, 'it')) await hold(proof, name, expectAfter(lab, step + 1))
}

async function solve(proof: Proof, name: string, step: number): Promise<boolean> {
  const { task } = proof.lab.solution[step]!
  return runStep(proof, name, proof.lab.solution[step]!, `step ${step + 1}, ${task},`)
}

async function runStep(
  { run, report }: Proof,
  name: string,
  { node, script }: { node: string; script: string },
  what: string,
): Promise<boolean> {
  const ran = await run.runScript(node, script)
  if (ran.code !== 0) report(name, `${what} ends with 0`, `exit code ${ran.code}: ${ran.output.slice(-300)}`)
  return ran.code === 0
}

/**
 * Waits for the state after so many steps, which ran one after the other as when a learner skips to a task. The walk is what judges
 * it; here only what a learner would have waited for is asked, without acting checks, and `once` tasks are remembered as done.
 */
async function arrive({ lab, run, options }: Proof, steps: number): Promise<Record<string, Outcome>> {
  const once = new Set(lab.manifest.tasks.filter((task) => task.type === 'once').map((task) => task.id))
  for (const { task } of lab.solution.slice(0, steps)) if (once.has(task)) run.remember(task)
  return settle({ lab, run, options }, expectAfter(lab, steps), patience(options))
}

/** Grades without acting checks until all that can be asked so is as expected, or the patience is used up. */
async function settle(
  { lab, run, options }: Pick<Proof, 'lab' | 'run' | 'options'>,
  expected: Expectations,
  goOn: () => boolean,
): Promise<Record<string, Outcome>> {
  for (;;) {
    options.signal?.throwIfAborted()
    const outcomes = await run.grade({ acting: false })
    const asked = askedIn(outcomes, lab.manifest)
    if (!compare(lab.manifest, expected, outcomes).some(({ task }) => asked.has(task)) || !goOn()) return outcomes
    await options.pause()
  }
}

/** Tasks with an outcome of their own, that is, which wait for none that was left out. */
function askedIn(outcomes: Record<string, Outcome>, { tasks }: Lab['manifest']): ReadonlySet<string> {
  const asked = new Set<string>()
  for (const { id, after } of tasks) if (id in outcomes && after.every((each) => asked.has(each))) asked.add(id)
  return asked
}

/** Asked once after each look that was not as expected: whether there is another. `slow`: it may be mere slowness, which has time; a wrong green has not. */
function patience({ attempts = 6, settle_ms = 0, now }: VerifyOptions): (slow?: boolean) => boolean {
  const began = now()
  let looks = 0
  return (slow = true) => ++looks < attempts || (slow && now() - began < settle_ms)
}

/**
 * Grades until all is as expected and nothing was changed by it, or the attempts are used up; reports what then deviates. An acting check has
 * to say it at the first time, once the observing ones do: a learner presses once, and a second time is asked of what the first has left.
 * `now`: the fingerprint, if it was just taken.
 */
async function hold(
  proof: Proof,
  name: string,
  expected: Expectations,
  now?: string,
): Promise<Record<string, Outcome>> {
  const { lab, run, options, report } = proof
  const goOn = patience(options)
  const acts = new Set(lab.manifest.tasks.filter((task) => task.check === 'acting').map((task) => task.id))
  for (let known = now; ; known = undefined) {
    options.signal?.throwIfAborted()
    if (acts.size > 0) await settle(proof, expected, goOn)
    const before = known ?? (await run.fingerprint())
    const outcomes = await run.grade()
    const after = await run.fingerprint()
    const differences = compare(lab.manifest, expected, outcomes)
    const same = before === after
    const green = (d: Difference) => outcomes[d.task]?.status === 'pass'
    const said = (d: Difference) => acts.has(d.task) && ['pass', 'fail'].includes(outcomes[d.task]?.status ?? '')
    if ((differences.length > 0 || !same) && !differences.some(said) && goOn(!differences.some(green))) {
      await options.pause()
      continue
    }
    options.outcomes?.(`${lab.id}: ${name}`, outcomes)
    for (const d of differences) report(`${name}: ${d.task}`, d.expected, d.observed, green(d))
    if (!same) report(name, 'checks change nothing', firstDifference(before, after))
    return outcomes
  }
}

function firstDifference(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const gone = a.find((line) => !b.includes(line))
  const made = b.find((line) => !a.includes(line))
  return (
    [gone && `gone: ${gone}`, made && `new: ${made}`].filter(Boolean).join('; ').slice(0, 400) || 'the order changed'
  )
}
