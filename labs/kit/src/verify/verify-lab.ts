/** Proves the checks of one lab: untouched, after each step, after each mistake and after a reset, every task says what it must. */
import type { Lab, Mistake } from '../catalogue/lab.ts'
import type { Outcome } from '../outcome.ts'
import type { LabBench, LabRun } from './bench.ts'
import { compare } from './compare.ts'
import { expectAfter, expectMistake, type Expectations } from './expected.ts'
import type { Deviation } from './result.ts'

export interface VerifyOptions {
  seed: number
  /** One line for each case, as it begins. */
  progress: (text: string) => void
  /** What each task said in each case, for authors who want to read it as a learner would. */
  outcomes?: (name: string, outcomes: Record<string, Outcome>) => void
  /** How often a deviating state is graded again before it counts: what a container does takes its time. Default 6. */
  attempts?: number
  /** Waits between two attempts. */
  pause: () => Promise<void>
}

export async function verifyLab(lab: Lab, bench: LabBench, options: VerifyOptions): Promise<Deviation[]> {
  const deviations: Deviation[] = []
  const report = (name: string, expected: string, observed: string) =>
    deviations.push({ lab: lab.id, case: name, expected, observed })
  let run: LabRun | undefined
  let name = 'start'
  const begin = (next: string) => {
    name = next
    options.progress(`${lab.id}: ${next}`)
  }
  try {
    begin('untouched')
    run = await bench.boot(lab, options.seed)
    await hold(run, expectAfter(lab, 0))
    for (const [i, step] of lab.solution.entries()) {
      begin(`after step ${i + 1}, ${step.task}`)
      if (!(await solve(run, i))) break
      await hold(run, expectAfter(lab, i + 1))
    }
    begin('after a reset')
    await run.reset()
    await hold(run, expectAfter(lab, 0))
    let fresh = true
    for (const mistake of lab.mistakes.toSorted((a, b) => a.after - b.after)) {
      begin(mistake.cheat ? mistake.name : `mistake ${mistake.name}`)
      if (!fresh) await run.reset()
      fresh = false
      await makeMistake(run, mistake)
    }
  } catch (error) {
    report(name, 'the lab runs', error instanceof Error ? error.message : String(error))
  } finally {
    const left = await run?.end().catch((error: unknown) => [`the end failed: ${String(error)}`])
    for (const thing of left ?? []) report('after the end', 'nothing is left behind', thing)
  }
  return deviations

  async function makeMistake(run: LabRun, mistake: Mistake): Promise<void> {
    for (let i = 0; i < mistake.after; i++) {
      if (!(await solve(run, i))) return
      // Graded without a word, so that `once` tasks are remembered as in a session; the walk above has judged it.
      await settle(run, expectAfter(lab, i + 1))
    }
    const before = mistake.after === 0 ? await run.fingerprint() : undefined
    await run.runScript(mistake.node, mistake.script)
    if (before !== undefined && before === (await run.fingerprint()))
      report(name, 'the mistake changes something', 'engine and work folder are as before')
    await hold(run, expectMistake(lab, mistake))
  }

  async function solve(run: LabRun, step: number): Promise<boolean> {
    const { node, script, task } = lab.solution[step]!
    const ran = await run.runScript(node, script)
    if (ran.code !== 0)
      report(name, `step ${step + 1}, ${task}, ends with 0`, `exit code ${ran.code}: ${ran.output.slice(-300)}`)
    return ran.code === 0
  }

  /** Grades until all is as expected and nothing was changed by it, or the attempts are used up. */
  async function settle(run: LabRun, expected: Expectations) {
    for (let attempt = 1; ; attempt++) {
      const before = await run.fingerprint()
      const outcomes = await run.grade()
      const after = await run.fingerprint()
      const differences = compare(lab.manifest, expected, outcomes)
      const change = before === after ? undefined : firstDifference(before, after)
      if ((differences.length === 0 && change === undefined) || attempt >= (options.attempts ?? 6))
        return { outcomes, differences, change }
      await options.pause()
    }
  }

  async function hold(run: LabRun, expected: Expectations): Promise<void> {
    const { outcomes, differences, change } = await settle(run, expected)
    options.outcomes?.(name, outcomes)
    for (const d of differences) report(`${name}: ${d.task}`, d.expected, d.observed)
    if (change !== undefined) report(name, 'checks change nothing', change)
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
