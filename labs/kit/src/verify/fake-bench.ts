/** A lab, its checks and an engine for them that is a set of words: what verify is tried on, with faults by wish. */
import { manifest } from '../schema.ts'
import { fail, pass } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { Lab } from '../catalogue/lab.ts'
import type { LabBench, LabRun, LabShell, Typed } from './bench.ts'

/** The world of the fake engine: words that scripts put there; a script is a list of `+word`, `-word` and `hang`. `~word` is in no fingerprint. */
export type World = Set<string>
export type FakeCheck = (world: World) => Outcome

const needs =
  (word: string, hint: string): FakeCheck =>
  (world) =>
    world.has(word)
      ? pass()
      : fail({
          expected: word,
          observed: world.has(`bad-${word}`) ? `bad-${word}` : 'nothing',
          hint: world.has(`bad-${word}`) ? 'wrong' : hint,
        })

/** What right checks of the lab say. */
export const right: Record<string, FakeCheck> = {
  first: needs('a', 'nudge'),
  second: needs('b', 'nudge'),
  third: needs('c', 'nudge'),
  guard: (world) => (world.has('broken') ? fail({ expected: 'whole', observed: 'broken', hint: 'wrong' }) : pass()),
}

const hints = [
  { id: 'nudge', text: 'Look.' },
  { id: 'wrong', text: 'Not that.' },
]
export const lab: Lab = {
  id: 'test/lab',
  folder: '/nowhere',
  manifest: manifest.parse({
    title: 'A lab',
    summary: 'A lab for the tests of verify.',
    kind: 'challenge',
    minutes: 5,
    tasks: [
      { id: 'first', goal: 'a', hints },
      { id: 'second', goal: 'b', type: 'holds', after: ['first'], hints },
      { id: 'third', goal: 'c', after: ['second'], hints },
      { id: 'guard', goal: 'whole', type: 'guard', hints },
    ],
  }),
  checks: {},
  files: undefined,
  solution: [
    { task: 'first', node: 'node1', script: '+a', why: '' },
    { task: 'second', node: 'node1', script: '+b -a', why: '' },
    { task: 'third', node: 'node1', script: '+c', why: '' },
  ],
  mistakes: [
    { name: 'one', cheat: false, task: 'first', hint: 'wrong', after: 0, node: 'node1', script: '+bad-a' },
    { name: 'two', cheat: false, task: 'second', hint: 'wrong', after: 2, node: 'node1', script: '-b +bad-b' },
    { name: 'three', cheat: false, task: 'guard', hint: 'wrong', after: 3, node: 'node1', script: '+broken' },
    { name: 'cheat-four', cheat: true, task: 'third', hint: 'wrong', after: 2, node: 'node1', script: '+bad-c' },
  ],
  alternatives: [{ name: 'otherwise', task: 'second', node: 'node1', script: '+b +more' }],
}

export interface Faults {
  checks?: Record<string, FakeCheck>
  /** Grading leaves this word in the world. */
  litter?: string
  left?: string[]
  brokenScript?: string
  /** A passing check says so only from the n-th grading of a state on, as a slow container would make it. */
  lag?: number
}

/** A shell that knows `echo`, `fail`, `hang`, `exit`, words as in scripts, and wants another line after a backslash. */
function fakeShell(world: World): LabShell {
  return {
    async type(line): Promise<Typed> {
      if (line.endsWith('\\')) return { state: 'more' }
      if (line === 'hang') return { state: 'late', output: ['still here'] }
      if (line === 'fail') return { state: 'done', code: 1, output: ['Error: no'] }
      if (line === 'exit') throw new Error('the shell has ended')
      if (line.startsWith('+')) world.add(line.slice(1))
      return { state: 'done', code: 0, output: line.startsWith('echo ') ? [line.slice(5)] : [] }
    },
    close: () => undefined,
  }
}

export function fakeBench(faults: Faults = {}): LabBench {
  const checks = { ...right, ...faults.checks }
  return {
    boot: async () => {
      let world: World = new Set()
      let passed = new Set<string>()
      let waited = 0
      const run: LabRun = {
        async runScript(_node, script) {
          waited = 0
          if (script === faults.brokenScript) return { code: 7, output: 'no such thing' }
          for (const word of script.split(' ')) {
            if (word === 'hang') return { code: -1, output: '' }
            if (word.startsWith('+')) world.add(word.slice(1))
            else world.delete(word.slice(1))
          }
          return { code: 0, output: '' }
        },
        openShell: async () => fakeShell(world),
        remember: (task) => void passed.add(task),
        async grade({ acting } = { acting: true }) {
          if (faults.litter) world.add(faults.litter + world.size)
          const late = ++waited <= (faults.lag ?? 0)
          const outcomes: Record<string, Outcome> = {}
          for (const task of lab.manifest.tasks) {
            if (!acting && task.check === 'acting' && !passed.has(task.id)) continue
            const by = task.after.filter((id) => outcomes[id]?.status !== 'pass')
            let outcome: Outcome = by.length > 0 ? { status: 'blocked', by } : checks[task.id]!(world)
            if (late && outcome.status === 'pass' && task.type !== 'guard')
              outcome = fail({ expected: '', observed: 'not yet', hint: 'nudge' })
            if (passed.has(task.id)) outcome = pass()
            if (task.type === 'once' && outcome.status === 'pass') passed.add(task.id)
            outcomes[task.id] = outcome
          }
          return outcomes
        },
        async reset() {
          world = new Set()
          passed = new Set()
        },
        fingerprint: async () =>
          [...world]
            .filter((word) => !word.startsWith('~'))
            .toSorted()
            .join('\n'),
        account: async () => `it holds ${[...world].join(' ')}`,
        end: async () => faults.left ?? [],
      }
      return run
    },
  }
}
