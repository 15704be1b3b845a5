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
  deviations: z.array(deviation),
  seconds: z.number(),
})
export type Deviation = z.infer<typeof deviation>
export type VerifyResult = z.infer<typeof verifyResult>
