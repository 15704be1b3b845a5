/**
 * What was said and done in a workshop, one entry after the other. An instructor reads all of it; a learner what was for all, and what was
 * for them: each help is there, so that nobody helps in secret. It is also how messages reach people: an entry that arrives is the message.
 */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { memberId, personName } from './workshops.ts'

/** A page of this site, with an anchor perhaps; never another server. */
export const place = z
  .string()
  .max(200)
  .regex(/^\/(?:[\w-]+\/)*(?:\?[\w=&%.-]*)?(?:#[\w-]*)?$/, {
    error: 'an address of this site, such as /layers/cache/#task-2',
  })
const said = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    // Tabs and line ends are text; whatever else moves a cursor or turns text around is not.
    .regex(/^(?:[^\p{Cc}\p{Cf}]|[\t\n\u200D])*$/u, { error: 'text without control characters' })

export const deedOfHelp = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), text: z.string() }),
  /** A block to copy; nothing runs by itself. */
  z.object({ kind: z.literal('command'), text: z.string() }),
  z.object({ kind: z.literal('hint'), text: z.string(), lab: labId.nullable(), task: z.string().nullable() }),
  /** `block`: which block of the page, counted from 0, as the site counts; `text`: what stands there. */
  z.object({ kind: z.literal('highlight'), place: z.string(), block: z.int(), text: z.string() }),
  /** A file now lies in the work folder of the learner's lab, at this path. */
  z.object({ kind: z.literal('file'), path: z.string(), bytes: z.int() }),
  /** An instructor looks at a terminal, or does not any more. */
  z.object({ kind: z.literal('look'), terminal: z.string(), begun: z.boolean() }),
  /** `given` and `refused` and `withdrawn` are the learner's; `ended`: the instructor gave it back, or left. */
  z.object({ kind: z.literal('typing'), is: z.enum(['asked', 'given', 'refused', 'withdrawn', 'ended']) }),
  /** Brought to the state after this task, or not (`worked`). `kept`: the learner's files from before lie in `~/before-catch-up`. */
  z.object({
    kind: z.literal('catch-up'),
    lab: labId,
    task: z.string(),
    is: z.enum(['begun', 'done', 'failed']),
    kept: z.boolean(),
  }),
  z.object({ kind: z.literal('hand'), up: z.boolean(), note: z.string().nullable() }),
  z.object({
    kind: z.literal('member'),
    is: z.enum(['joined', 'admitted', 'removed', 'renamed']),
    name: z.string(),
  }),
  z.object({ kind: z.literal('state'), to: z.enum(['waiting', 'running', 'paused', 'ended']) }),
  z.object({ kind: z.literal('extend'), minutes: z.int() }),
  z.object({ kind: z.literal('follow'), place: z.string().nullable() }),
  z.object({ kind: z.literal('locks'), lab: labId, tasks: z.array(z.string()), locked: z.boolean() }),
  z.object({ kind: z.literal('open'), hints: z.boolean(), solutions: z.boolean() }),
  z.object({ kind: z.literal('quiz'), lesson: labId, question: z.string(), is: z.enum(['asked', 'closed']) }),
])
export type DeedOfHelp = z.infer<typeof deedOfHelp>

/** `n` grows by one in a workshop. `by`: the name of whoever did it. `member`: whom it is about; null: all. */
export const logEntry = z.object({
  n: z.int(),
  at: z.number(),
  by: z.string(),
  member: z.object({ id: memberId, name: z.string() }).nullable(),
  what: deedOfHelp,
})
export type LogEntry = z.infer<typeof logEntry>

/**
 * What instructors do; what says nothing else answers 200 with `helped`.
 *
 *     POST /api/workshops/:id/broadcast                       broadcast
 *     POST /api/workshops/:id/follow                          lead
 *     POST /api/workshops/:id/locks                           setLocks → workshopView
 *     POST /api/workshops/:id/catch-up                        catchUpMembers → caughtUp
 *     PATCH, DELETE /api/workshops/:id/members/:member        renameMember; removes them
 *     POST /api/workshops/:id/members/:member/admit           (no body); also lets in again who was removed
 *     POST /api/workshops/:id/members/:member/hint            giveHint
 *     POST /api/workshops/:id/members/:member/highlight       highlight
 *     POST /api/workshops/:id/members/:member/file            handFile
 *     POST, DELETE /api/workshops/:id/members/:member/typing  asks to type; gives it back
 *     POST /api/workshops/:id/members/admit                   admits all who wait
 *     GET  /api/workshops/:id/log?after=n                     → logEntry[], at most 500, oldest first; for a learner those that are theirs
 */
export const helped = z.object({ n: z.int().nullable() })
export const broadcast = z.strictObject({ kind: z.enum(['message', 'command']), text: said(2000) })
export const lead = z.strictObject({ place: place.nullable() })
export const setLocks = z.strictObject({
  lab: labId,
  tasks: z.array(z.string().max(100)).min(1).max(60),
  locked: z.boolean(),
})
/** `members`: ids, or `behind`: all who have not got there. */
export const catchUpMembers = z.strictObject({
  lab: labId,
  /** The last task that is done for them. */
  task: z.string().max(100),
  members: z.union([z.array(memberId).min(1).max(200), z.literal('behind')]),
})
export const caughtUp = z.object({ begun: z.array(memberId) })
export const renameMember = z.strictObject({ name: personName })
export const giveHint = z.strictObject({
  text: said(1000),
  lab: labId.nullable().default(null),
  task: z.string().max(100).nullable().default(null),
})
export const highlight = z.strictObject({ place, block: z.int().min(0).max(2000), text: said(300) })
/** Never over a file that is there: it gets another name. */
export const handFile = z.strictObject({
  name: z.string().regex(/^[\w][\w.-]{0,99}$/),
  text: z.string().max(100_000),
})
export const logQuery = z.object({ after: z.coerce.number().int().min(0).default(0) })
