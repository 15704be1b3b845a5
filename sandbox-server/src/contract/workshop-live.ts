/**
 * What a learner's pages hear of the workshop that they are in: the socket `/api/workshops/:id/live`. It begins with `member`; while one
 * waits, is let in, or the workshop is over, it stays open. Closed with WORKSHOP_UNKNOWN: one was removed, or it is gone.
 *
 *     POST   /api/workshops/:id/quiz           askAll → quizState (instructors); DELETE closes it → quizState
 *     POST   /api/workshops/:id/quiz/answers   answerAll → quizState (learners); the first answer counts
 */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { quizAnswer, quizKey } from '@drydock/kit/quiz-schema'
import { logEntry } from './workshop-log.ts'
import { quizState } from './workshop-wall.ts'
import { memberView } from './workshops.ts'

export const liveEvent = z.discriminatedUnion('type', [
  /** At first, and whenever something of it is different. */
  z.object({ type: z.literal('member'), member: memberView }),
  /** At first the latest 50 that are for this learner, oldest first, then each as it comes. */
  z.object({ type: z.literal('log'), entries: z.array(logEntry) }),
  /** Whenever it is different, and at first. */
  z.object({
    type: z.literal('help'),
    /** Names of instructors who look at a terminal now, with its id. */
    looking: z.array(z.object({ name: z.string(), terminal: z.string() })),
    /** Wishes to type: `instructor` is a number that `consent` names. */
    typing: z.array(z.object({ instructor: z.int(), name: z.string(), is: z.enum(['asked', 'given']) })),
    /** Who types at the moment, when it is not the learner. */
    typist: z.object({ name: z.string(), terminal: z.string() }).nullable(),
  }),
  z.object({
    type: z.literal('quiz'),
    quiz: quizState.nullable(),
    /** Whether this learner has answered, and if it was right (null: nobody can say). */
    mine: z.object({ correct: z.boolean().nullable() }).nullable(),
  }),
])
export type LiveEvent = z.infer<typeof liveEvent>

/** Learner to server; more than thirty in ten seconds close the socket with TOO_MANY. */
export const liveCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('hand'), up: z.boolean(), note: z.string().max(200).nullable().default(null) }),
  /** Agrees that this instructor types, or does not, or not any more. */
  z.strictObject({ type: z.literal('consent'), instructor: z.int(), given: z.boolean() }),
])
export type LiveCommand = z.infer<typeof liveCommand>

export const askAll = z.strictObject({ lesson: labId, question: quizKey })
/** `quiz`: the id of what is answered. */
export const answerAll = z.strictObject({ quiz: z.string().max(100), answer: quizAnswer })
