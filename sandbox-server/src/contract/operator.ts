/** What an operator sees and does with `npm run sessions`. Times are epoch ms, sizes bytes. */
import { z } from 'zod'
import { sessionState } from './sessions.ts'

export const operatorSession = z.object({
  id: z.string(),
  lab: z.string(),
  /** The first digits of the learner's random id: enough to tell learners apart, too little to be one. */
  learner: z.string(),
  state: sessionState,
  nodes: z.int(),
  queue_place: z.int().nullable(),
  created_at: z.number(),
  deadline: z.number().nullable(),
  /** Null while they cannot be measured. */
  memory: z.number().nullable(),
  disk: z.number().nullable(),
})
export type OperatorSession = z.infer<typeof operatorSession>

export const operatorView = z.object({
  maintenance: z.boolean(),
  free: z.int(),
  queue: z.int(),
  warm: z.int(),
  sessions: z.array(operatorSession),
})
export type OperatorView = z.infer<typeof operatorView>

/** `session`: an id, or `all`. */
export const endSessions = z.strictObject({ session: z.string().min(1).max(100) })
export const setMaintenance = z.strictObject({ begun: z.boolean() })
/** `first`: only while nobody teaches here yet; there is no link otherwise. */
export const makeInstructor = z.strictObject({ first: z.boolean().default(false) })
