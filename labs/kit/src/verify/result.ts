/** The figures of a `labs verify`, as printed with `--json`. */
import { z } from 'zod'

export const deviation = z.strictObject({
  lab: z.string(),
  case: z.string(),
  expected: z.string(),
  observed: z.string(),
})
export const verifyResult = z.strictObject({
  labs: z.int(),
  tasks: z.int(),
  mistakes: z.int(),
  cheats: z.int(),
  /** Other right answers than the solution's. */
  alternatives: z.int(),
  /** Shell blocks of lessons that were typed, and those that say why they were not. */
  blocks: z.int(),
  no_run: z.int(),
  deviations: z.array(deviation),
  /** What deviated once and held when it was proven a second time, where that was asked for. */
  unsteady: z.array(deviation),
  seconds: z.number(),
  /** By lab: seconds of node time, the sum over its cases. */
  by_lab: z.record(z.string(), z.number()),
})
export type Deviation = z.infer<typeof deviation>
export type VerifyResult = z.infer<typeof verifyResult>
