/** What each task must say in each state of a lab; pure. */
import type { Lab, Mistake } from '../catalogue/lab.ts'

export type Expected = { status: 'pass' } | { status: 'fail'; hint?: string } | { status: 'blocked' }
export type Expectations = ReadonlyMap<string, Expected>

/** After the first `steps` steps of the solution; 0 is untouched. */
export function expectAfter(lab: Lab, steps: number): Expectations {
  const solved = new Set(lab.solution.slice(0, steps).map((s) => s.task))
  const expected = new Map<string, Expected>()
  for (const task of lab.manifest.tasks) {
    const passes = task.type === 'guard' || solved.has(task.id)
    expected.set(task.id, passes ? { status: 'pass' } : waiting(task.after, expected))
  }
  return expected
}

/** After the steps that come before a mistake, and then the mistake. */
export function expectMistake(lab: Lab, mistake: Mistake): Expectations {
  const before = expectAfter(lab, mistake.after)
  const expected = new Map<string, Expected>()
  for (const task of lab.manifest.tasks) {
    const stays = task.type === 'once' && before.get(task.id)?.status === 'pass'
    const state = stays ? { status: 'pass' as const } : waiting(task.after, expected)
    if (task.id === mistake.task) expected.set(task.id, { status: 'fail', hint: mistake.hint })
    else if (state.status === 'blocked') expected.set(task.id, state)
    else expected.set(task.id, before.get(task.id)!)
  }
  return expected
}

function waiting(after: readonly string[], expected: Expectations): Expected {
  return after.some((id) => expected.get(id)?.status !== 'pass') ? { status: 'blocked' } : { status: 'fail' }
}
