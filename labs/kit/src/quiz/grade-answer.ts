/** Grades an answer to a question; pure. What comes back is for after the answer: key and explanations are in it. */
import type { Question, QuizAnswer, QuizForm } from '../quiz-schema.ts'
import { keyOf, whysOf } from './answer-key.ts'
import { compareCommands } from './compare-commands.ts'

export interface Grade {
  /** Null: only the learner can say. */
  correct: boolean | null
  key: QuizAnswer
  /** By id of the option, step, term or line: why it is right or wrong. */
  whys: Readonly<Record<string, string>>
  /** About this answer, or about the question as a whole. */
  remarks: readonly string[]
}

/** Whoever sent this answer did not get it from the question's own ids. */
export class AnswerUnfit extends Error {}

type Of<F extends QuizForm> = Extract<Question, { form: F }>

/** `answer`: null when the learner passed it over. */
export function gradeAnswer(question: Question, answer: QuizAnswer | null): Grade {
  if (answer === null) return passOver(question)
  switch (question.form) {
    case 'single':
    case 'multiple':
      return gradeChoice(question, answer)
    case 'order':
      return gradeOrder(question, fit('order', answer).order)
    case 'match':
      return gradeMatch(question, fit('match', answer).pairs)
    case 'output':
      return gradeOutput(question, fit('output', answer).text)
    case 'command':
      return gradeCommand(question, fit('command', answer).text)
    case 'line':
      return gradeLine(question, fit('line', answer).line)
    case 'free': {
      const { text } = fit('free', answer)
      if (text.trim() === '') throw new AnswerUnfit('nothing was written')
      return { correct: null, key: keyOf(question), whys: {}, remarks: [] }
    }
  }
}

function passOver(question: Question): Grade {
  const whys =
    'options' in question
      ? whysOf(question.options)
      : 'steps' in question
        ? whysOf(question.steps)
        : 'terms' in question
          ? whysOf(question.terms)
          : 'lines' in question
            ? whysOf(question.lines)
            : {}
  return { correct: false, key: keyOf(question), whys, remarks: 'why' in question ? [question.why] : [] }
}

function fit<F extends QuizForm>(form: F, answer: QuizAnswer): Extract<QuizAnswer, { form: F }> {
  if (answer.form !== form)
    throw new AnswerUnfit(`the question is of the form '${form}', the answer of '${answer.form}'`)
  return answer as Extract<QuizAnswer, { form: F }>
}

function gradeChoice(question: Of<'single' | 'multiple'>, answer: QuizAnswer): Grade {
  const chosen = question.form === 'single' ? [fit('single', answer).option] : fit('multiple', answer).options
  known(chosen, Object.keys(question.options))
  const right = Object.keys(question.options).filter((id) => question.options[id]?.right)
  return { correct: sameSet(chosen, right), key: keyOf(question), whys: whysOf(question.options), remarks: [] }
}

function gradeOrder(question: Of<'order'>, order: readonly string[]): Grade {
  const right = Object.keys(question.steps)
  known(order, right)
  if (order.length !== right.length) throw new AnswerUnfit(`${order.length} of ${right.length} steps are there`)
  const correct = right.every((id, i) => order[i] === id)
  return { correct, key: keyOf(question), whys: whysOf(question.steps), remarks: [] }
}

function gradeMatch(question: Of<'match'>, pairs: Readonly<Record<string, string>>): Grade {
  const terms = Object.keys(question.terms)
  known(Object.keys(pairs), terms)
  for (const meaning of Object.values(pairs))
    if (!Object.hasOwn(question.meanings, meaning)) throw new AnswerUnfit(`there is no '${meaning}' here`)
  const correct = terms.every((id) => pairs[id] === question.terms[id]!.fits)
  return { correct, key: keyOf(question), whys: whysOf(question.terms), remarks: [] }
}

function gradeOutput(question: Of<'output'>, text: string): Grade {
  const said = squeeze(text)
  const correct = [question.expect, ...question.also].some((each) => squeeze(each) === said)
  const mistake = Object.values(question.wrong).find((each) => squeeze(each.text) === said)
  return {
    ...{ correct, key: keyOf(question), whys: {} },
    remarks: [...(!correct && mistake ? [mistake.why] : []), question.why],
  }
}

function gradeCommand(question: Of<'command'>, text: string): Grade {
  const compared = question.accept.map((each) => compareCommands(each, text))
  const correct = compared.some((each) => each.same)
  const mistake = Object.values(question.wrong).find((each) => compareCommands(each.text, text).same)
  const differences = compared.toSorted((a, b) => a.differences.length - b.differences.length)[0]?.differences ?? []
  return {
    ...{ correct, key: keyOf(question), whys: {} },
    remarks: [...(correct ? [] : mistake ? [mistake.why] : differences), question.why],
  }
}

function gradeLine(question: Of<'line'>, line: string): Grade {
  known([line], Object.keys(question.lines))
  const faults = Object.keys(question.lines).filter((id) => question.lines[id]?.fault)
  const correct = faults.includes(line)
  return { correct, key: correct ? { form: 'line', line } : keyOf(question), whys: whysOf(question.lines), remarks: [] }
}

function known(ids: readonly string[], all: readonly string[]): void {
  const strange = ids.find((id) => !all.includes(id))
  if (strange !== undefined) throw new AnswerUnfit(`there is no '${strange}' here`)
  if (new Set(ids).size !== ids.length) throw new AnswerUnfit('something is named twice')
}

const sameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id) => b.includes(id))

/** Blanks at the ends and between words do not count. */
const squeeze = (text: string) => text.trim().replaceAll(/\s+/g, ' ')
