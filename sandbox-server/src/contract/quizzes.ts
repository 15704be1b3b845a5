/** Quizzes as the browser sees them: the key and the explanations of a question come with the verdict on an answer, never before. */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { language, level, quizAnswer, quizKey } from '@drydock/kit/quiz-schema'

export type { QuizAnswer } from '@drydock/kit/quiz-schema'

const choice = z.object({ id: quizKey, text: z.string() })
const choices = z.array(choice)

/** What the server says to an answer. */
export const verdict = z.object({
  /** Of the answer, chosen by whoever sent it. */
  id: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** Null: it was passed over. */
  answer: quizAnswer.nullable(),
  /** Null: a free answer, which only the learner can judge. */
  correct: z.boolean().nullable(),
  /** A right answer. */
  key: quizAnswer,
  /** By id of the option, step, term or line. */
  whys: z.record(quizKey, z.string()),
  remarks: z.array(z.string()),
  /** What the claim rests on. */
  source: z.string().nullable(),
  proof: z.object({ command: z.string(), output: z.string() }).nullable(),
  /** Of a free answer: the points of a good one, and which of them the learner says they made. */
  rubric: choices.nullable(),
  points: z.array(quizKey).nullable(),
})

const common = {
  id: quizKey,
  level,
  text: z.string(),
  show: z.object({ language, code: z.string() }).nullable(),
  /** The last answer of this learner. */
  last: verdict.nullable(),
}

/** Everything with a choice is shuffled, by the seed. */
export const questionView = z.discriminatedUnion('form', [
  z.object({ form: z.literal('single'), ...common, options: choices }),
  z.object({ form: z.literal('multiple'), ...common, options: choices }),
  z.object({ form: z.literal('order'), ...common, steps: choices }),
  z.object({ form: z.literal('match'), ...common, terms: choices, meanings: choices }),
  z.object({ form: z.literal('output'), ...common }),
  z.object({ form: z.literal('command'), ...common }),
  z.object({ form: z.literal('line'), ...common, language, lines: choices }),
  z.object({ form: z.literal('free'), ...common }),
])

export const quizView = z.object({ lesson: labId, seed: z.int(), questions: z.array(questionView) })

export const quizSeed = z.object({ seed: z.coerce.number().int().min(0).max(0xffff_ffff).optional() })

/** The id is new for each answer: one that is sent again is not a second one. */
export const answerId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, 'must be 8 to 64 letters, digits and dashes')
export const sendAnswer = z.strictObject({ id: answerId, answer: quizAnswer })
/** Of the answer with that id: the points of the rubric that the learner made. */
export const ratePoints = z.strictObject({ id: answerId, points: z.array(quizKey).max(20) })

export type QuizView = z.infer<typeof quizView>
export type QuestionView = z.infer<typeof questionView>
export type Verdict = z.infer<typeof verdict>
export type Choice = z.infer<typeof choice>
