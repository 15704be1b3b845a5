/**
 * Workshops: who may teach, what is planned, and how learners come in. All times are epoch ms of the server's clock.
 *
 *     GET  /api/teach                       → teachView
 *     POST /api/teach                       proveInstructor → teachView; this browser's learner is an instructor from now on
 *     POST /api/teach/with                  joinTeaching → workshopView; a co-instructor's link, which makes an instructor as well
 *     POST /api/workshops                   planWorkshop → 201 workshopView
 *     GET, PATCH, DELETE /api/workshops/:id workshopView; changeWorkshop → workshopView; 204
 *     POST /api/workshops/:id/state         moveWorkshop → workshopView
 *     POST /api/workshops/:id/extend        extendWorkshop → workshopView
 *     POST /api/workshops/:id/code          → workshopView with another join code; the old one is worth nothing
 *     POST /api/workshops/:id/invite        → teachingLink, for a co-instructor; shown once
 *     POST /api/join/look                   joinCode → workshopDoor; changes nothing
 *     POST /api/join                        joinWorkshop → memberView; again with the same browser it is the same place
 *     GET  /api/workshops/mine              → memberView[], of this browser, the newest first
 *     DELETE /api/workshops/:id/mine        → 204; leaves the workshop
 *
 * Another device of the same learner: the recovery code of contract/identity.ts (`POST /api/learner/code`, `POST /api/learner/join`).
 */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'

/** `waiting`: the doors are open, nothing has begun. */
export const workshopState = z.enum(['planned', 'waiting', 'running', 'paused', 'ended'])
export type WorkshopState = z.infer<typeof workshopState>

/** What people call themselves or a workshop: one line without characters that cannot be seen or that turn text around. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]*$/u, { error: 'one line without control characters' })
export const personName = line(40)
export const memberId = z.string().regex(/^[0-9a-f]{12}$/)
const zone = z.string().max(60).refine(isZone, { error: 'a time zone such as Europe/Berlin' })

const plan = {
  title: line(80),
  /** Lessons and labs in the order of the class; a lesson and its lab have one name. */
  labs: z
    .array(labId)
    .min(1)
    .max(40)
    .refine((all) => new Set(all).size === all.length, { error: 'each once' }),
  starts_at: z.int().min(0).max(4_102_444_800_000),
  zone,
  minutes: z.int().min(5).max(1440),
  /** Learners. */
  size: z.int().min(1).max(200),
  hints_open: z.boolean(),
  solutions_open: z.boolean(),
  /** `open`: whoever has the code is in once it runs, up to `size`. `ask`: an instructor admits each. */
  door: z.enum(['open', 'ask']),
  /** Days after the end in which learners may go on, and the report can be read; then all of it is removed. */
  continue_days: z.int().min(0).max(90),
}
export const planWorkshop = z.strictObject({ ...plan, door: plan.door.default('open') })
export type PlanWorkshop = z.infer<typeof planWorkshop>
export const changeWorkshop = planWorkshop.extend({ door: plan.door }).partial()

/** `waiting` opens the doors early, `running` starts or goes on, `paused` stops the clock, `ended` is for good. */
export const moveWorkshop = z.strictObject({ to: z.enum(['waiting', 'running', 'paused', 'ended']) })
export const extendWorkshop = z.strictObject({ minutes: z.int().min(1).max(240) })

const summary = {
  id: z.string(),
  ...plan,
  state: workshopState,
  /** When it really began and is over; null while that is open. A pause is added to `ends_at` when it goes on: until then, `paused_at` is the time of its clock. */
  began_at: z.number().nullable(),
  ends_at: z.number().nullable(),
  paused_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  /** When all of it is removed. */
  removed_at: z.number().nullable(),
}
/** `learners`: how many have joined. */
export const workshopSummary = z.object({ ...summary, learners: z.int() })
export type WorkshopSummary = z.infer<typeof workshopSummary>

/** A lesson or lab of the plan. Guards are left out of `tasks`, which are empty where there is no lab. */
export const programItem = z.object({
  id: labId,
  title: z.string(),
  tasks: z.array(z.object({ id: z.string(), goal: z.string(), locked: z.boolean() })),
})
export type ProgramItem = z.infer<typeof programItem>

/** What an instructor knows. */
export const workshopView = workshopSummary.extend({
  now: z.number(),
  /** Of two views of one workshop that a server gives, the larger is the newer one, however late the other comes. */
  version: z.int(),
  program: z.array(programItem),
  /** As it is read aloud, in groups; null when it has expired: ask for another. */
  code: z.string().nullable(),
  code_expires_at: z.number().nullable(),
  join_url: z.string().nullable(),
  /** Names of all who teach it, this one first. */
  instructors: z.array(z.string()),
  /** Learners who were taken out, or not let in: they can be let in again. */
  removed: z.array(z.object({ id: memberId, name: z.string() })),
  /** Where the class is led, as an address of the site; null: everybody for themselves. */
  follow: z.string().nullable(),
  /** Places of this server that are kept for it at the moment, of how many it wants. */
  reserved: z.object({ places: z.int(), of: z.int() }),
})
export type WorkshopView = z.infer<typeof workshopView>

export const teachView = z.object({
  instructor: z.boolean(),
  /** What learners read; null for who teaches nothing. */
  name: z.string().nullable(),
  workshops: z.array(workshopSummary),
})
export type TeachView = z.infer<typeof teachView>

/** `key`: what stands after `#key=` in the link that the server printed. */
export const proveInstructor = z.strictObject({ key: z.string().min(1).max(100), name: personName })
/** `key`: what stands after `#with=`. */
export const joinTeaching = z.strictObject({ key: z.string().min(1).max(100), name: personName })
export const teachingLink = z.object({ url: z.string(), expires_at: z.number() })
export type TeachingLink = z.infer<typeof teachingLink>

/** Codes are forgiven case, blanks, dashes, and letters that sound or look like others; the whole link will do. */
export const joinCode = z.strictObject({ code: z.string().min(1).max(300) })
export const workshopDoor = z.object({
  title: z.string(),
  state: workshopState,
  starts_at: z.number(),
  zone: z.string(),
  minutes: z.int(),
  /** This browser is in it already, under this name. */
  joined_as: z.string().nullable(),
})
export type WorkshopDoor = z.infer<typeof workshopDoor>
export const joinWorkshop = joinCode.extend({ name: personName })

export const memberState = z.enum(['waiting', 'admitted', 'removed'])
/** What a learner knows of a workshop that they are in. */
export const memberView = z.object({
  ...summary,
  now: z.number(),
  instructors: z.array(z.string()),
  program: z.array(programItem),
  follow: z.string().nullable(),
  me: z.object({ id: memberId, name: z.string(), state: memberState, hand_at: z.number().nullable() }),
})
export type MemberView = z.infer<typeof memberView>

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
