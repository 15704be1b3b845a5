/** Holds what tasks said against what they must say; pure. */
import type { Manifest } from '../schema.ts'
import type { Outcome } from '../outcome.ts'
import type { Expected, Expectations } from './expected.ts'

export interface Difference {
  task: string
  expected: string
  observed: string
}

export function compare(manifest: Manifest, expected: Expectations, observed: Record<string, Outcome>): Difference[] {
  return manifest.tasks.flatMap((task) => {
    const want = expected.get(task.id)!
    const got = observed[task.id]
    const hints = task.hints.map((h) => h.id)
    return got && agrees(want, got, hints)
      ? []
      : [{ task: task.id, expected: say(want), observed: got ? tell(got) : 'no outcome' }]
  })
}

function agrees(want: Expected, got: Outcome, hints: readonly string[]): boolean {
  if (want.status !== got.status) return false
  if (want.status !== 'fail' || got.status !== 'fail') return true
  if (got.hint !== undefined && !hints.includes(got.hint)) return false
  return want.hint === undefined || want.hint === got.hint
}

function say(want: Expected): string {
  return want.status === 'fail' && want.hint ? `fail with hint '${want.hint}'` : want.status
}

function tell(got: Outcome): string {
  switch (got.status) {
    case 'pass':
      return got.observed ? `pass (${got.observed})` : 'pass'
    case 'fail':
      return `fail with ${got.hint ? `hint '${got.hint}'` : 'no hint'} (expected: ${got.expected}; seen: ${got.observed})`
    case 'blocked':
      return `blocked by ${got.by.join(', ')}`
    case 'unavailable':
      return `unavailable (${got.reason})`
  }
}
