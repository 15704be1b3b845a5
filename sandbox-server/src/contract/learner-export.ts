/** The file that a learner takes along: all that a server knows of them, in one versioned shape. `version` grows when an older server could not read it. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { level, quizAnswer } from '@drydock/kit/quiz-schema'
import { cardMemory, itemId } from './practice.ts'
import { answerId } from './quizzes.ts'
import { deed, sessionState } from './sessions.ts'

/** Bytes of the largest file that is read. */
export const maxImport = 8_000_000

/** Epoch milliseconds, up to the year 2100. */
const time = z.int().min(0).max(4_102_444_800_000)
const count = z.int().min(0).max(1_000_000)
const id = z.string().regex(/^[a-z0-9]{8,64}$/, 'must be 8 to 64 lower-case letters and digits')
const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a name in lower case, for example cache')
const names = z.array(name).max(100)

/** One task of one lab, as far as it was done under one cookie (`origin`): of two rows that speak of the same the further one holds. */
const progress = z.strictObject({
  origin: id,
  lab: labId,
  task: name,
  /** The first pass ever. */
  passed_at: time.nullable(),
  tries: count,
  hints: count,
})

/** One run of a lab. Those that have not ended yet are not imported. */
const session = z.strictObject({
  id,
  lab: labId,
  state: sessionState,
  seed: z
    .int()
    .min(0)
    .max(2 ** 31),
  created_at: time,
  ended_at: time.nullable(),
  /** It began with what was kept of an earlier one. */
  resumed: z.boolean(),
  /** Why it ended. */
  reason: z.string().max(1000).nullable(),
  tasks: z
    .array(z.strictObject({ task: name, passed_at: time.nullable(), tries: count, hints: names, shown: z.boolean() }))
    .max(100),
  /** What was done when, in its order. */
  deeds: z.array(z.strictObject({ at: time, kind: deed.shape.kind, task: name.nullable() })).max(10_000),
})

/** An answer to a question, in their order. `correct`: null for a free answer; a server that has the question grades it anew. */
const answer = z.strictObject({
  id: answerId,
  lesson: labId,
  question: name,
  answer: quizAnswer,
  correct: z.boolean().nullable(),
  points: names.nullable(),
  at: time,
})

const took = z.int().min(0).max(10_000_000_000)

/** What comes again in practice. `turn`: how often it was answered. */
const card = z.strictObject({
  item: itemId,
  memory: cardMemory.nullable(),
  due: time,
  reviewed_at: time.nullable(),
  turn: count,
  at: time,
})

/** An answer in practice, in the order of its question. `before`: what the card was like until then. */
const review = z.strictObject({
  id: answerId,
  item: itemId,
  answer: quizAnswer.nullable(),
  correct: z.boolean().nullable(),
  points: names.nullable(),
  before: cardMemory.nullable(),
  ms: took,
  at: time,
})

/** A mock interview. One that is not over yet is not imported. */
const interview = z.strictObject({
  id,
  level,
  minutes: z.int().min(1).max(120),
  topics: names,
  /** The questions in their order. */
  plan: names,
  seed: z
    .int()
    .min(0)
    .max(2 ** 31),
  began_at: time,
  ends_at: time,
  finished_at: time.nullable(),
  answers: z
    .array(
      z.strictObject({
        turn: count,
        id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
        question: name,
        answer: z
          .union([quizAnswer, z.strictObject({ form: z.literal('live'), seed: z.int().min(0), passed: names })])
          .nullable(),
        points: names.nullable(),
        percent: z.int().min(0).max(100).nullable(),
        ms: took,
        at: time,
      }),
    )
    .max(100),
})

/** Which work of ended labs is kept. The folders themselves are files of their own and are not in here, so this is not imported. */
const keptWork = z.strictObject({ session: id, lab: labId, at: time, bytes: z.int().min(0), tasks: names })

/** So many of each are read, and kept of one learner. */
export const mostOf = {
  progress: 20_000,
  sessions: 20_000,
  answers: 50_000,
  cards: 20_000,
  reviews: 50_000,
  interviews: 2000,
  kept_work: 20_000,
} as const

export const exportParts = {
  progress: z.array(progress).max(mostOf.progress),
  sessions: z.array(session).max(mostOf.sessions),
  answers: z.array(answer).max(mostOf.answers),
  cards: z.array(card).max(mostOf.cards),
  reviews: z.array(review).max(mostOf.reviews),
  interviews: z.array(interview).max(mostOf.interviews),
  kept_work: z.array(keptWork).max(mostOf.kept_work),
}

export const learnerExport = z.strictObject({
  format: z.literal('drydock-learner', { error: "must be 'drydock-learner': this is no file that Drydock has made" }),
  version: z.literal(1, { error: 'must be 1: other versions are not known here' }),
  exported_at: time,
  /** When this learner came first; null for somebody who has not started anything. */
  known_since: time.nullable(),
  ...exportParts,
})

export type LearnerExport = z.infer<typeof learnerExport>
export type ExportParts = { [Part in keyof typeof exportParts]: z.infer<(typeof exportParts)[Part]> }
