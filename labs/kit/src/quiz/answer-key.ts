/** What is right for a question, as an answer of its form; pure. */
import type { Question, QuizAnswer } from '../quiz-schema.ts'

export function keyOf(question: Question): QuizAnswer {
  switch (question.form) {
    case 'single':
      return { form: 'single', option: idsOf(question.options, (option) => option.right)[0]! }
    case 'multiple':
      return { form: 'multiple', options: idsOf(question.options, (option) => option.right) }
    case 'order':
      return { form: 'order', order: Object.keys(question.steps) }
    case 'match':
      return {
        form: 'match',
        pairs: Object.fromEntries(Object.entries(question.terms).map(([id, { fits }]) => [id, fits])),
      }
    case 'output':
      return { form: 'output', text: question.expect }
    case 'command':
      return { form: 'command', text: question.accept[0]! }
    case 'line':
      return { form: 'line', line: idsOf(question.lines, (line) => line.fault)[0]! }
    case 'free':
      return { form: 'free', text: question.model }
  }
}

function idsOf<T>(all: Readonly<Record<string, T>>, wanted: (each: T) => boolean): string[] {
  return Object.keys(all).filter((id) => wanted(all[id]!))
}

export const whysOf = (all: Readonly<Record<string, { why: string }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([id, { why }]) => [id, why]))
