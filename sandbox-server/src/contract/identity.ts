/** What a server knows of a learner, in figures, and how they are found again in another browser. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'

export const learnerSummary = z.object({
  /** Null: nothing is stored. */
  known_since: z.number().nullable(),
  progress: z.object({ labs: z.int(), tasks_passed: z.int(), tries: z.int(), hints: z.int() }),
  sessions: z.object({ count: z.int(), deeds: z.int() }),
  /** Labs that run now. */
  running: z.array(labId),
  answers: z.int(),
  practice: z.object({ cards: z.int(), answers: z.int(), interviews: z.int() }),
  kept_work: z.array(z.object({ session: z.string(), lab: labId, at: z.number(), bytes: z.int() })),
  code: z.object({ made_at: z.number(), used_at: z.number().nullable() }).nullable(),
  /** Whether an account is joined to this learner; null where this server knows no accounts. */
  account: z.object({ name: z.string(), signed_in: z.boolean() }).nullable(),
})
export type LearnerSummary = z.infer<typeof learnerSummary>

/** Shown once: the server keeps a hash of it. */
export const newCode = z.object({ code: z.string(), made_at: z.number() })
export type NewCode = z.infer<typeof newCode>
export const giveRecoveryCode = z.strictObject({ code: z.string().min(1).max(100) })

/** `to`: a page of ours, to go on with. */
export const signInWish = z.strictObject({ to: z.string().max(500) })
/** Where the browser goes to sign in. */
export const signInAway = z.object({ url: z.string() })
/** `elsewhere`: where the account's own session is ended, for one that was signed in. */
export const left = z.object({ elsewhere: z.string().nullable() })

/** What joining would bring together. `ends`: labs that run in both, of which the other browser's copy ends. */
export const joinView = z.object({ here: learnerSummary, there: learnerSummary, ends: z.array(labId) })
export type JoinView = z.infer<typeof joinView>
