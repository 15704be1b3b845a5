/** What a `quiz.yaml` may say, and what an answer to each form of question looks like. Imports zod and the labs' schema alone. */
import { z } from 'zod'

/** Names a question, an option, a step: explanations hang on it, so that shuffling can never part them. */
export const quizKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower-case letters, digits and dashes, starting with a letter')

/** Markdown's inline code at most. */
export const text = (max: number) =>
  z.string().min(1, 'must not be empty').max(max, `must have at most ${max} characters`)
const why = z.string().min(15, 'must explain itself in a sentence').max(500, 'must have at most 500 characters')

/** An object by ids, kept in the order of the file. */
export const byId = <T extends z.ZodType>(value: T, least: number, most: number) =>
  z.record(quizKey, value).superRefine((all, ctx) => {
    const count = Object.keys(all).length
    if (count < least || count > most)
      ctx.addIssue({ code: 'custom', message: `has ${count} entries: write ${least} to ${most}` })
  })

export const level = z.enum(['junior', 'mid', 'senior'])
export const language = z.enum(['sh', 'dockerfile', 'yaml', 'json', 'text'])

/** The questions that every bank has to hold; a question that is one of them says so in `seed`. */
export const seedIds = [
  'client-and-daemon',
  'container-and-vm',
  'requirements-first',
  'multi-stage',
  'volume-or-bind',
  'compose-or-swarm',
  'production-practices',
  'exit-137',
  'slow-build',
  'hub-limits',
  'desktop-systems',
  'docker-or-kubernetes',
  'data-science',
  'smaller-image',
  'several-processes',
] as const

export const common = {
  level,
  text: text(600),
  /** Code to look at. */
  show: z.strictObject({ language, code: text(2000) }).optional(),
  /** Where the claim is written down, when no engine can show it. */
  source: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  /** Shell commands that show the claim on a lab's engine, and what they print (`…` stands for anything in a line); a test runs them. */
  proof: z.strictObject({ command: text(2000), output: text(2000) }).optional(),
  seed: z.enum(seedIds).optional(),
}

const options = byId(z.strictObject({ text: text(300), why, right: z.boolean().default(false) }), 2, 7)

export const forms = [
  z.strictObject({ form: z.literal('single'), ...common, options }),
  z.strictObject({ form: z.literal('multiple'), ...common, options }),
  /** `steps`: in the right order. */
  z.strictObject({ form: z.literal('order'), ...common, steps: byId(z.strictObject({ text: text(200), why }), 3, 8) }),
  z.strictObject({
    form: z.literal('match'),
    ...common,
    terms: byId(z.strictObject({ text: text(120), fits: quizKey, why }), 2, 6),
    /** May be more than the terms. */
    meanings: byId(text(200), 2, 8),
  }),
  /** `expect`: what is printed; `also`: what counts as the same; `wrong`: what people say instead. */
  z.strictObject({
    form: z.literal('output'),
    ...common,
    expect: text(300),
    also: z.array(text(300)).default([]),
    wrong: byId(z.strictObject({ text: text(300), why }), 1, 6),
    why,
  }),
  /** `accept`: what is right, the shown one first; equal flags in another order or spelling are right by themselves. */
  z.strictObject({
    form: z.literal('command'),
    ...common,
    accept: z.array(text(400)).min(1),
    wrong: byId(z.strictObject({ text: text(400), why }), 1, 6),
    why,
  }),
  z.strictObject({
    form: z.literal('line'),
    ...common,
    language,
    lines: byId(z.strictObject({ text: text(300), why, fault: z.boolean().default(false) }), 3, 20),
  }),
  /** Nobody grades it but the learner: `rubric` are points to tick, `model` what a good answer says. */
  z.strictObject({ form: z.literal('free'), ...common, rubric: byId(text(240), 2, 8), model: text(1500) }),
] as const

export const question = z.discriminatedUnion('form', forms, {
  error: 'needs a form: single, multiple, order, match, output, command, line or free',
})
export const quiz = z.strictObject({ questions: byId(question, 3, 10) })

const keys = z.array(quizKey).max(20)
export const quizAnswer = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('single'), option: quizKey }),
  z.strictObject({ form: z.literal('multiple'), options: keys }),
  z.strictObject({ form: z.literal('order'), order: keys }),
  /** Term to meaning. */
  z.strictObject({ form: z.literal('match'), pairs: z.record(quizKey, quizKey) }),
  z.strictObject({ form: z.literal('output'), text: z.string().max(2000) }),
  z.strictObject({ form: z.literal('command'), text: z.string().max(2000) }),
  z.strictObject({ form: z.literal('line'), line: quizKey }),
  z.strictObject({ form: z.literal('free'), text: z.string().max(4000) }),
])

export type Quiz = z.infer<typeof quiz>
export type Question = z.infer<typeof question>
export type QuizForm = Question['form']
export type QuizAnswer = z.infer<typeof quizAnswer>
export const quizLevels = level.options
