/** What a file of the interview bank, `lessons/interview/<topic>.yaml`, may say: the forms of quizzes, and questions that are answered in a lab. */
import { z } from 'zod'
import { byId, common, forms, text } from './quiz-schema.ts'
import { labId } from './schema.ts'

/** The model answer at three depths. */
export const spoken = z.strictObject({
  /** One sentence. */
  short: text(400),
  /** What a senior says: two to five sentences. */
  senior: text(1500),
  /** What an interviewer asks next, and what one says to that. */
  next: z.strictObject({ asks: text(400), answer: text(1200) }),
})

/** `lesson`: where one learns it. */
const bankOnly = { lesson: labId, spoken }
const [single, multiple, order, match, output, command, line, free] = forms

/** Answered in a lab with a clock; the lab proves what is claimed. */
const live = z.strictObject({
  form: z.literal('live'),
  ...common,
  ...bankOnly,
  /** An incident or a challenge. */
  lab: labId,
  /** On the clock. */
  minutes: z.int().min(2).max(45),
  /** The seed of the lab, so that two questions about one lab have different causes; without it, another each time. */
  variant: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
})

const bankForms = [
  single.extend(bankOnly),
  multiple.extend(bankOnly),
  order.extend(bankOnly),
  match.extend(bankOnly),
  output.extend(bankOnly),
  command.extend(bankOnly),
  line.extend(bankOnly),
  /** `spoken` is its model. */
  free.omit({ model: true }).extend(bankOnly),
  live,
] as const

export const bankQuestion = z.discriminatedUnion('form', bankForms, {
  error: 'needs a form: single, multiple, order, match, output, command, line, free or live',
})
export const bankFile = z.strictObject({ questions: byId(bankQuestion, 1, 100) })

export type Spoken = z.infer<typeof spoken>
export type BankQuestion = z.infer<typeof bankQuestion>
export type BankFile = z.infer<typeof bankFile>
export type LiveQuestion = z.infer<typeof live>
export const bankFormNames = bankForms.map((form) => form.shape.form.value)
