/** What an operator sees and does with `npm run sessions`. Times are epoch ms, sizes bytes. */
import { z } from 'zod'
import { sessionState } from './sessions.ts'
import { workshopState } from './workshops.ts'

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

/** One that runs, or for which places are kept: `places` of the `of` that it wants. */
export const operatorWorkshop = z.object({
  id: z.string(),
  title: z.string(),
  state: workshopState,
  starts_at: z.number(),
  began_at: z.number().nullable(),
  paused_at: z.number().nullable(),
  places: z.int(),
  of: z.int(),
  learners: z.int(),
})

export const operatorView = z.object({
  maintenance: z.boolean(),
  free: z.int(),
  queue: z.int(),
  warm: z.int(),
  sessions: z.array(operatorSession),
  workshops: z.array(operatorWorkshop),
})
export type OperatorView = z.infer<typeof operatorView>

/** `session`: an id, or `all`; or the id of a workshop, which ends for good, as its instructor would end it. */
export const endSessions = z.strictObject({ session: z.string().min(1).max(100) })
export const setMaintenance = z.strictObject({ begun: z.boolean() })
/** `first`: only while nobody teaches here yet; there is no link otherwise. */
export const makeInstructor = z.strictObject({ first: z.boolean().default(false) })
