/** Mock interviews as the browser sees them. While one runs, nothing is said about answers but the rubric of a free one. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { spoken } from '@drydock/kit/bank-schema'
import { level, quizAnswer, quizKey } from '@drydock/kit/quiz-schema'
import { labView } from './labs.ts'
import { answerId, questionView, verdict } from './quizzes.ts'
import { debriefView } from './sessions.ts'

export const beginInterview = z.strictObject({
  topics: z.array(quizKey).min(1).max(20),
  level,
  minutes: z.int().min(15).max(60),
  /** Broken machines as well. */
  live: z.boolean().default(true),
  /** End the one that is running (see INTERVIEW_RUNS). */
  replace: z.boolean().default(false),
})

/** A question that is answered on a broken machine. */
const liveView = z.object({
  lab: labView.omit({ available: true, kept: true }),
  minutes: z.int(),
  /** Null until its clock runs. */
  began_at: z.number().nullable(),
  ends_at: z.number().nullable(),
})

const currentQuestion = z.object({
  turn: z.int(),
  topic: z.string(),
  level,
  text: z.string(),
  /** Null for a live one. */
  question: questionView.nullable(),
  live: liveView.nullable(),
  /** A free answer that is to be held against its rubric before one goes on. */
  rate: verdict.nullable(),
})

export const interviewView = z.object({
  id: z.string(),
  level,
  topics: z.array(z.string()),
  minutes: z.int(),
  began_at: z.number(),
  ends_at: z.number(),
  /** The server's clock. */
  now: z.number(),
  questions: z.int(),
  /** Null: it is over, and there is a report. */
  current: currentQuestion.nullable(),
})

/** `answer`: null passes the question over. */
export const sendInterview = z.strictObject({
  id: answerId,
  turn: z.int().min(0),
  answer: z.union([quizAnswer, z.strictObject({ form: z.literal('live') })]).nullable(),
})
export const rateInterview = z.strictObject({ turn: z.int().min(0), points: z.array(quizKey).max(20) })
/** `replace`: end the lab that is in the way (see SESSION_LIMIT). */
export const beginLive = z.strictObject({ turn: z.int().min(0), replace: z.boolean().default(false) })

const reportQuestion = z.object({
  turn: z.int(),
  topic: z.string(),
  lesson: labId,
  level,
  text: z.string(),
  state: z.enum(['answered', 'passed-over', 'not-reached']),
  /** From 0 to 1; null: not reached, or a free answer that is still to be rated. */
  score: z.number().nullable(),
  ms: z.number().nullable(),
  question: questionView.nullable(),
  verdict: verdict.nullable(),
  live: z
    .object({
      lab: labId,
      title: z.string(),
      tasks: z.array(z.object({ goal: z.string(), passed: z.boolean() })),
      debrief: debriefView.pick({ cause: true, fix: true, prevention: true, early: true }).nullable(),
    })
    .nullable(),
  spoken,
})

export const interviewReport = z.object({
  id: z.string(),
  level,
  minutes: z.int(),
  began_at: z.number(),
  finished_at: z.number(),
  /** Of what was reached, from 0 to 1. */
  score: z.number().nullable(),
  topics: z.array(z.object({ topic: z.string(), asked: z.int(), reached: z.int(), score: z.number().nullable() })),
  strong: z.array(z.string()),
  weak: z.array(z.string()),
  /** At most three, the most urgent first. `lab`: where there is one to it. */
  todo: z.array(
    z.object({
      lesson: labId,
      lab: labId.nullable(),
      why: z.enum(['missed', 'not-reached', 'next']),
      asked: z.array(z.string()),
    }),
  ),
  questions: z.array(reportQuestion),
})

export const interviewList = z.object({
  running: z.string().nullable(),
  /** The newest first. */
  finished: z.array(
    z.object({ id: z.string(), level, minutes: z.int(), began_at: z.number(), score: z.number().nullable() }),
  ),
  /** Of the bank, by topic and level: what there is to ask. */
  bank: z.array(z.object({ topic: z.string(), questions: z.record(level, z.int()), live: z.int() })),
})

export type InterviewView = z.infer<typeof interviewView>
export type InterviewReport = z.infer<typeof interviewReport>
export type ReportQuestion = z.infer<typeof reportQuestion>
export type InterviewList = z.infer<typeof interviewList>
export type InterviewAnswer = z.infer<typeof sendInterview>['answer']
