/** Practice as the browser sees it: what is due, one thing at a time, and what is said to an answer. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { spoken } from '@drydock/kit/bank-schema'
import { level, quizAnswer, quizKey } from '@drydock/kit/quiz-schema'
import { answerId, questionView, verdict } from './quizzes.ts'

/** `bank:<question>`, `quiz:<lesson>:<question>` or `task:<lab>:<task>`. */
export const itemId = z
  .string()
  .regex(/^(bank|quiz|task):[a-z0-9/:-]{1,140}$/, 'must be the id of something to practise')
export const itemOrigin = z.enum(['bank', 'quiz', 'task'])

/** Epoch ms that a date can be. */
const time = z.number().min(0).max(8.64e15)

/** What FSRS knows of one card, within what it can reckon with. Times are epoch ms. */
export const cardMemory = z.strictObject({
  due: time,
  stability: z.number().min(0.001).max(36_500),
  difficulty: z.number().min(1).max(10),
  scheduled_days: z.number().min(0).max(100_000),
  reps: z.int().min(0),
  lapses: z.int().min(0),
  state: z.int().min(0).max(3),
  last_review: time,
})

export const practiceItem = z.object({
  item: itemId,
  /** How often this learner has answered it: an answer says which turn it is for. */
  turn: z.int(),
  origin: itemOrigin,
  topic: z.string(),
  /** Where one learns it. */
  lesson: labId.nullable(),
  question: questionView,
})

export const practiceOverview = z.object({
  /** Whether wrong answers and failed tasks become cards; null: not asked yet. */
  collect: z.boolean().nullable(),
  due: z.int(),
  /** When the next card is due, while none is. */
  next_due: z.number().nullable(),
  /** Questions of the bank that were never answered. */
  fresh: z.int(),
  streak: z.object({
    /** Days with practice in a row, where a pause of up to two days is none. */
    days: z.int(),
    /** For each of the last 28 days, the oldest first: how many were answered. */
    calendar: z.array(z.int()),
  }),
  topics: z.array(
    z.object({
      topic: z.string(),
      cards: z.int(),
      due: z.int(),
      fresh: z.int(),
      /** From 0 to 1: how likely a card of it is remembered now; null without cards that were answered. */
      remembered: z.number().nullable(),
      /** Of the last 30 days. */
      right: z.int(),
      answered: z.int(),
    }),
  ),
})

/** `offset`: minutes that local time is ahead of UTC, so that a day is the learner's. */
export const lookAtPractice = z.object({ offset: z.coerce.number().int().min(-900).max(900).default(0) })
export const nextItem = z.object({
  of: z.enum(['due', 'new']),
  topic: quizKey.optional(),
  level: level.optional(),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).optional(),
})
export const nextItemView = z.object({ item: practiceItem.nullable(), left: z.int() })

/** `answer`: null for "I do not know". `ms`: how long it took. */
export const sendPractice = z.strictObject({
  id: answerId,
  item: itemId,
  turn: z.int().min(0),
  answer: quizAnswer.nullable(),
  ms: z.int().min(0).max(86_400_000),
})
export const ratePractice = z.strictObject({ id: answerId, points: z.array(quizKey).max(20) })
export const practiceVerdict = z.object({
  verdict,
  spoken: spoken.nullable(),
  /** When it comes again; null until a free answer is rated. */
  due: z.number().nullable(),
})
export const collectCards = z.strictObject({ collect: z.boolean() })

export type ItemOrigin = z.infer<typeof itemOrigin>
export type PracticeItem = z.infer<typeof practiceItem>
export type PracticeOverview = z.infer<typeof practiceOverview>
export type NextItemView = z.infer<typeof nextItemView>
export type PracticeVerdict = z.infer<typeof practiceVerdict>
export type SpokenView = z.infer<typeof spoken>
