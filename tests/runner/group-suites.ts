/** Which suites run at the same time: each with those after it in the table that run beside it. */
import type { Suite } from '../suites.ts'

/** `suites`: what was chosen of the table, in its order. One whose neighbour was not chosen runs alone. */
export function groupSuites(suites: readonly Suite[], table: readonly Suite[]): Suite[][] {
  const groups: Suite[][] = []
  let first: Suite | undefined
  for (const suite of table) {
    const beside = suite.beside ? first : undefined
    if (!beside) first = suite
    if (!suites.includes(suite)) continue
    const group = groups.find((each) => each[0] === beside)
    if (group && beside) group.push(suite)
    else groups.push([suite])
  }
  return groups
}
