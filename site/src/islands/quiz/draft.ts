/** An answer while it is being made: what it begins with, when it may be sent, and how steps move. */
import type { QuestionView, QuizAnswer } from '@drydock/sandbox-server/contract'

/** Null: nothing is chosen yet. */
export type Draft = QuizAnswer | null

export function beginDraft(question: QuestionView): Draft {
  switch (question.form) {
    case 'single':
    case 'line':
      return null
    case 'multiple':
      return { form: 'multiple', options: [] }
    case 'order':
      return { form: 'order', order: question.steps.map((step) => step.id) }
    case 'match':
      return { form: 'match', pairs: {} }
    case 'output':
    case 'command':
    case 'free':
      return { form: question.form, text: '' }
  }
}

/** What is still to be done before it can be sent, as a sentence; undefined when it can. */
export function describeMissing(question: QuestionView, draft: Draft): string | undefined {
  if (draft === null) return question.form === 'line' ? 'Pick a line first.' : 'Choose one first.'
  if (draft.form === 'multiple' && draft.options.length === 0) return 'Choose one or more first.'
  if (question.form === 'match' && draft.form === 'match') {
    const open = question.terms.filter((term) => draft.pairs[term.id] === undefined).length
    if (open > 0) return `Still without a match: ${open} of ${question.terms.length}.`
  }
  if ('text' in draft && draft.text.trim() === '') return 'Write something first.'
  return undefined
}

/** The list with the entry at `from` taken out and put back at `to`; the same list when there is no such place. */
export function move<T>(list: readonly T[], from: number, to: number): T[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, i) => i !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

/** New for each answer, so that one that is sent twice counts once. `crypto.randomUUID` is missing on plain http. */
export function createAnswerId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
