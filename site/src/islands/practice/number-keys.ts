/** What a key does on a screen with one question; pure. Digits choose, Enter sends, and whoever types is left alone. */
import type { QuestionView } from '@drydock/sandbox-server/contract'
import type { Draft } from '../quiz/draft.ts'

export interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** `focus`: the id of the control that the digit leads to, where it chooses nothing by itself. */
export type KeyDeed = { draft: Draft } | { focus: string } | 'send' | undefined

/** What has the focus: somebody writes, something is pressed by Enter itself, or neither. */
export type Focus = 'text' | 'button' | 'other'

export function decideKey(key: Key, focus: Focus, question: QuestionView, draft: Draft, name: string): KeyDeed {
  if (key.key === 'Enter') {
    if (key.ctrlKey || key.metaKey) return 'send'
    return focus === 'other' ? 'send' : undefined
  }
  if (focus === 'text' || key.ctrlKey || key.metaKey || key.altKey || !/^[1-9]$/.test(key.key)) return undefined
  return choose(question, draft, Number(key.key) - 1, name)
}

function choose(question: QuestionView, draft: Draft, at: number, name: string): KeyDeed {
  switch (question.form) {
    case 'single': {
      const option = question.options[at]
      return option && { draft: { form: 'single', option: option.id } }
    }
    case 'multiple': {
      const option = question.options[at]
      const chosen = draft?.form === 'multiple' ? draft.options : []
      if (!option) return undefined
      const rest = chosen.filter((each) => each !== option.id)
      return { draft: { form: 'multiple', options: rest.length < chosen.length ? rest : [...chosen, option.id] } }
    }
    case 'line': {
      const line = question.lines[at]
      return line && { draft: { form: 'line', line: line.id } }
    }
    case 'order': {
      const id = draft?.form === 'order' ? draft.order[at] : undefined
      return id === undefined ? undefined : { focus: `${name}-${id}` }
    }
    case 'match': {
      const term = question.terms[at]
      return term && { focus: `${name}-${term.id}` }
    }
    default:
      return undefined
  }
}

/** As the page shows it. */
export const keysOf: Record<QuestionView['form'], { digits: string; enter: string }> = {
  single: { digits: 'chooses', enter: 'Enter' },
  multiple: { digits: 'chooses, or takes back', enter: 'Enter' },
  line: { digits: 'picks the line', enter: 'Enter' },
  order: { digits: 'goes to the step, arrows move it', enter: 'Ctrl Enter' },
  match: { digits: 'goes to the pair', enter: 'Ctrl Enter' },
  output: { digits: '', enter: 'Enter' },
  command: { digits: '', enter: 'Enter' },
  free: { digits: '', enter: 'Ctrl Enter' },
}
