/**
 * The wall: what instructors see of a class while it runs. `GET /api/workshops/:id/wall` answers a `wall` event once;
 * the socket `/api/workshops/:id/wall/live` begins with one and goes on with what changes, at most every 300 ms.
 *
 * A learner's terminal: the socket `/api/workshops/:id/members/:member/terminals/:terminal`, spoken as contract/terminals.ts says. It shows
 * what the learner sees, in the learner's size (`size` events); `resize` does nothing. Bytes that are sent are typed only while the learner
 * agrees; otherwise the socket is closed with NO_CONSENT. The learner is told that somebody looks, and who types.
 */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { questionView } from './quizzes.ts'
import { sessionState, terminalView } from './sessions.ts'
import { terminalEvent } from './terminals.ts'
import { logEntry } from './workshop-log.ts'
import { memberId, memberState, workshopView } from './workshops.ts'

/** Where a learner stands in a task; `shown`: it was done for them. */
export const cell = z.enum(['open', 'current', 'stuck', 'done', 'shown'])
export type Cell = z.infer<typeof cell>

/** Why somebody needs help; `words` is for people: "raised a hand 2 min ago", "5 tries at task 3, 8 min". */
export const need = z.object({
  why: z.enum(['hand', 'failed', 'lost', 'tries', 'time', 'queue']),
  words: z.string(),
  since: z.number(),
  /** The higher, the sooner. */
  rank: z.number(),
})

export const wallLearner = z.object({
  id: memberId,
  name: z.string(),
  state: memberState,
  /** A page of the workshop is open. */
  connected: z.boolean(),
  seen_at: z.number().nullable(),
  hand_at: z.number().nullable(),
  hand_note: z.string().nullable(),
  /** The lab of the plan that they have now, or had last. */
  lab: labId.nullable(),
  session: z
    .object({ state: sessionState, queue_place: z.int().nullable(), terminals: z.array(terminalView) })
    .nullable(),
  /** The first that is not done; null while their lab has not been ready. `paused_ms`: of pauses since then that are over. `seen`, `expected`: of its last check. */
  task: z
    .object({
      id: z.string(),
      /** 1 for the first of the lab. */
      nth: z.int(),
      since: z.number(),
      paused_ms: z.number(),
      tries: z.int(),
      hints: z.int(),
      expected: z.string().nullable(),
      seen: z.string().nullable(),
    })
    .nullable(),
  /** By lab, in the order of `workshop.program[].tasks`: the row of the heat map. Labs that were not begun are left out. */
  tasks: z.record(z.string(), z.array(cell)),
  done: z.int(),
  need: need.nullable(),
  /** Names of instructors who look at one of their terminals. */
  looking: z.array(z.string()),
  /** Of this instructor's wish to type, and of whoever types in a terminal of theirs at the moment, by name. */
  consent: z.enum(['none', 'asked', 'given']),
  typist: z.string().nullable(),
  /** Answers to the question that is open. */
  answered: z.boolean(),
})
export type WallLearner = z.infer<typeof wallLearner>

/** How long a task takes in this class; null until three have done it. */
export const columnFigures = z.object({ lab: labId, task: z.string(), done: z.int(), median_ms: z.number().nullable() })

/** A question to all. `options`: how often each was chosen, where the form has options that can be counted. */
export const quizState = z.object({
  id: z.string(),
  /** The larger, the newer, as `workshopView` has it. */
  version: z.int(),
  lesson: labId,
  question: questionView,
  asked_at: z.number(),
  open: z.boolean(),
  asked: z.int(),
  answered: z.int(),
  right: z.int(),
  options: z.array(z.object({ id: z.string(), count: z.int() })),
  /** Ids that are right; empty for those who have not answered yet. */
  key: z.array(z.string()),
})
export type QuizState = z.infer<typeof quizState>

export const wallEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('wall'),
    workshop: workshopView,
    learners: z.array(wallLearner),
    columns: z.array(columnFigures),
    quiz: quizState.nullable(),
    /** The latest 200. */
    log: z.array(logEntry),
  }),
  z.object({ type: z.literal('workshop'), workshop: workshopView }),
  /** New ones, and those with something new. */
  z.object({ type: z.literal('learners'), learners: z.array(wallLearner) }),
  z.object({ type: z.literal('left'), ids: z.array(memberId) }),
  z.object({ type: z.literal('columns'), columns: z.array(columnFigures) }),
  z.object({ type: z.literal('quiz'), quiz: quizState.nullable() }),
  z.object({ type: z.literal('log'), entry: logEntry }),
])
export type WallEvent = z.infer<typeof wallEvent>
/** Instructor to server: a sign of life. */
export const wallCommand = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('ping') })])

/** Server to instructor on the socket of a learner's terminal. `size`: of the learner's screen, at first and when it changes. */
export const lookEvent = z.union([terminalEvent, z.object({ type: z.literal('size'), cols: z.int(), rows: z.int() })])
export type LookEvent = z.infer<typeof lookEvent>
