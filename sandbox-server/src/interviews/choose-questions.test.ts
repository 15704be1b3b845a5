/** Protects: an interview fills its time with a mix of topics and forms of its level, and with broken machines only as far as time allows. */
import { bankQuestion } from '@drydock/kit/bank-schema'
import type { Banked } from '@drydock/kit/quiz'
import { describe, expect, it } from 'vitest'
import { chooseQuestions, type Wish } from './choose-questions.ts'

const why = 'Because this is how it is.'
const spoken = { short: 'So.', senior: 'So it is.', next: { asks: 'And?', answer: 'That.' } }
const common = { lesson: 'layers/cache', text: 'What?', spoken, source: 'https://docs.docker.com/' }
const options = { one: { text: 'One', why, right: true }, two: { text: 'Two', why } }
const forms: Record<string, object> = {
  single: { options },
  multiple: { options },
  free: { rubric: { a: 'A', b: 'B' } },
  command: { accept: ['docker ps'], wrong: { a: { text: 'docker ls', why } }, why },
}
const topics = ['layers', 'volumes', 'swarm']
const bank = new Map<string, Banked>()
for (const topic of topics)
  for (const level of ['junior', 'mid', 'senior'])
    for (const form of Object.keys(forms))
      for (const n of [1, 2])
        bank.set(`${topic}-${level}-${form}-${n}`, {
          topic,
          ...bankQuestion.parse({ form, level, ...common, ...forms[form] }),
        })
for (const [i, topic] of topics.entries()) {
  const live = { form: 'live', level: 'mid', ...common, lab: `${topic}/broken`, minutes: 8, variant: i }
  bank.set(`${topic}-live`, { topic, ...bankQuestion.parse(live) })
}
const wish: Wish = { topics, level: 'mid', minutes: 30, live: true }
const of = (ids: readonly string[], part: string) => ids.filter((id) => id.includes(part)).length

describe('an interview', () => {
  it('is the same for the same seed, another one for another, and asks nothing twice', () => {
    const one = chooseQuestions(bank, wish, 1)
    expect(chooseQuestions(bank, wish, 1)).toEqual(one)
    expect(chooseQuestions(bank, wish, 2)).not.toEqual(one)
    expect(new Set(one).size).toBe(one.length)
  })
  it('mixes topics and forms, and stays at its level and the one below', () => {
    for (let seed = 0; seed < 20; seed++) {
      const ids = chooseQuestions(bank, wish, seed)
      for (const topic of topics) expect(of(ids, topic)).toBeGreaterThanOrEqual(2)
      for (const form of Object.keys(forms)) expect(of(ids, `-${form}-`)).toBeGreaterThanOrEqual(1)
      expect(of(ids, '-mid-')).toBeGreaterThan(of(ids, '-junior-'))
      expect(of(ids, '-senior-')).toBe(0)
    }
  })
  it('gives machines at most half of the time, each another lab, and never the first question', () => {
    for (const [minutes, most] of [
      [15, 0],
      [30, 1],
      [60, 2],
    ] as const) {
      const ids = chooseQuestions(bank, { ...wish, minutes }, 3)
      expect(of(ids, '-live')).toBe(most)
      expect(ids[0]).not.toContain('-live')
    }
    expect(of(chooseQuestions(bank, { ...wish, live: false }, 3), '-live')).toBe(0)
  })
  it('asks of the chosen topics alone, and first what was not asked before', () => {
    const short = { ...wish, topics: ['layers'], minutes: 15, live: false }
    const first = chooseQuestions(bank, short, 5)
    expect(of(first, 'layers')).toBe(first.length)
    const second = chooseQuestions(bank, short, 5, new Map(first.map((id) => [id, 1])))
    expect(second.filter((id) => first.includes(id)).length).toBeLessThan(first.length)
  })
  it('has no question where the bank has none', () => {
    expect(chooseQuestions(bank, { ...wish, topics: ['cooking'] }, 1)).toEqual([])
    expect(chooseQuestions(new Map(), wish, 1)).toEqual([])
  })
})
