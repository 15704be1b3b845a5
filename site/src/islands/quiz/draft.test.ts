/** Protects: an answer is sent when it is whole, and steps move where they are put. */
import type { QuestionView } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { beginDraft, createAnswerId, describeMissing, move } from './draft.ts'

const common = { id: 'q', level: 'junior', text: 'What?', show: null, last: null } as const
const choices = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase() }))
const match: QuestionView = { form: 'match', ...common, terms: choices, meanings: choices }

describe('a draft', () => {
  it('of steps is whole from the start, in the order shown', () => {
    const order: QuestionView = { form: 'order', ...common, steps: choices }
    expect(beginDraft(order)).toEqual({ form: 'order', order: ['a', 'b', 'c'] })
    expect(describeMissing(order, beginDraft(order))).toBeUndefined()
  })
  it('of a choice, a text or a line waits for it', () => {
    const single: QuestionView = { form: 'single', ...common, options: choices }
    const multiple: QuestionView = { form: 'multiple', ...common, options: choices }
    const command: QuestionView = { form: 'command', ...common }
    const line: QuestionView = { form: 'line', ...common, language: 'sh', lines: choices }
    for (const question of [single, multiple, command, line])
      expect(describeMissing(question, beginDraft(question))).toMatch(/first\.$/)
    expect(describeMissing(command, { form: 'command', text: ' \n' })).toBe('Write something first.')
    expect(describeMissing(single, { form: 'single', option: 'a' })).toBeUndefined()
  })
  it('of pairs says how many are open', () => {
    expect(describeMissing(match, { form: 'match', pairs: { a: 'b' } })).toBe('Still without a match: 2 of 3.')
    expect(describeMissing(match, { form: 'match', pairs: { a: 'b', b: 'b', c: 'a' } })).toBeUndefined()
  })
})

describe('move', () => {
  it('puts an entry at its new place and keeps the rest in order', () => {
    expect(move(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(move(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c'])
  })
  it('changes nothing at the ends', () => {
    expect(move(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(move(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
  })
})

it('ids are new each time, and what the contract takes', () => {
  const ids = new Set(Array.from({ length: 100 }, createAnswerId))
  expect(ids.size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/)
})
