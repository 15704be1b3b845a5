/** Protects: digits choose, Enter sends, and neither takes a letter from somebody who writes. */
import type { QuestionView } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { decideKey, type Focus } from './number-keys.ts'
import type { Draft } from '../quiz/draft.ts'

const common = { id: 'q', level: 'junior', text: 'What?', show: null, last: null } as const
const choices = ['a', 'b', 'c'].map((id) => ({ id, text: id }))
const single: QuestionView = { form: 'single', ...common, options: choices }
const multiple: QuestionView = { form: 'multiple', ...common, options: choices }
const free: QuestionView = { form: 'free', ...common }
const press = (key: string, question: QuestionView, draft: Draft = null, focus: Focus = 'other', ctrlKey = false) =>
  decideKey({ key, ctrlKey, metaKey: false, altKey: false }, focus, question, draft, 'name')

describe('a digit', () => {
  it('chooses, and takes back where several may be chosen', () => {
    expect(press('2', single)).toEqual({ draft: { form: 'single', option: 'b' } })
    expect(press('2', multiple, { form: 'multiple', options: ['a'] })).toEqual({
      draft: { form: 'multiple', options: ['a', 'b'] },
    })
    expect(press('1', multiple, { form: 'multiple', options: ['a'] })).toEqual({
      draft: { form: 'multiple', options: [] },
    })
  })
  it('leads to the step or the pair', () => {
    const order: QuestionView = { form: 'order', ...common, steps: choices }
    expect(press('1', order, { form: 'order', order: ['c', 'a', 'b'] })).toEqual({ focus: 'name-c' })
    const match: QuestionView = { form: 'match', ...common, terms: choices, meanings: choices }
    expect(press('3', match, { form: 'match', pairs: {} })).toEqual({ focus: 'name-c' })
  })
  it('does nothing for which there is no choice, while one writes, or with a modifier', () => {
    for (const deed of [press('9', single), press('0', single), press('1', free), press('x', single)])
      expect(deed).toBeUndefined()
    expect(press('1', single, null, 'text')).toBeUndefined()
    expect(press('1', single, null, 'other', true)).toBeUndefined()
  })
})

it('Enter sends, except where it does something already; with Ctrl it sends everywhere', () => {
  expect(press('Enter', single)).toBe('send')
  expect(press('Enter', free, null, 'text')).toBeUndefined()
  expect(press('Enter', single, null, 'button')).toBeUndefined()
  expect(press('Enter', free, null, 'text', true)).toBe('send')
})
