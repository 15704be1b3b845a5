/** The authoring kit: everything a lab's `checks.ts` may import. */
export { pass, fail, outcome, type Outcome } from './outcome.ts'
export { EngineDown, NotFound } from './check.ts'
export type { Check, Checks, CheckContext, ExecOptions, ExecResult, Node } from './check.ts'
