/** How it went so far: what a learner's own page of progress tells. All figures are measured. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'

export const learnerRecord = z.object({
  /** By lab. `passed`: task to the first pass, in epoch ms. */
  labs: z.record(
    z.string(),
    z.object({ passed: z.record(z.string(), z.number()), tries: z.int(), hints: z.int(), runs: z.int() }),
  ),
  /** Each time that something was done in a lab, oldest first. `ms`: from its start to the last thing that was done in it. */
  runs: z.array(z.object({ lab: labId, began_at: z.number(), ms: z.number() })),
  /** By lesson, of the last answer to each question: right, wrong, and free ones that nobody can grade. */
  quizzes: z.record(z.string(), z.object({ right: z.int(), wrong: z.int(), free: z.int() })),
})
export type LearnerRecord = z.infer<typeof learnerRecord>
