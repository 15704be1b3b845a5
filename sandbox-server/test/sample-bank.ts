/** A bank in memory: two topics, every kind of question that practice and interviews treat differently, and a live one for the sample lab. */
import { bankQuestion } from '@drydock/kit/bank-schema'
import type { Banked } from '@drydock/kit/quiz'

const why = 'KEY-OR-REASON: this must not be seen before the answer.'
const spoken = {
  short: 'MODEL short.',
  senior: 'MODEL senior.',
  next: { asks: 'MODEL asks?', answer: 'MODEL answer.' },
}
const common = { level: 'mid', lesson: 'layers/sample', source: 'https://docs.docker.com/', spoken }
const options = { wood: { text: 'Wood', why }, iron: { text: 'Iron', why, right: true }, rope: { text: 'Rope', why } }
const single = { form: 'single', ...common, text: 'Which one?', options }
const rubric = { first: 'KEY-OR-REASON one', second: 'KEY-OR-REASON two' }
const free = { form: 'free', ...common, text: 'Why is that so?', rubric }
const live = { form: 'live', ...common, lab: 'layers/sample', minutes: 7, variant: 5, text: 'Repair it.' }

const add = (topic: string, question: unknown): Banked => ({ topic, ...bankQuestion.parse(question) })

export function createSampleBank(): ReadonlyMap<string, Banked> {
  return new Map([
    ['layers-one', add('layers', single)],
    ['layers-two', add('layers', { ...single, text: 'Which other one?' })],
    ['layers-say', add('layers', free)],
    ['volumes-one', add('volumes', { ...single, lesson: 'volumes/sample' })],
    ['volumes-easy', add('volumes', { ...single, level: 'junior', lesson: 'volumes/sample' })],
    ['layers-live', add('layers', live)],
  ])
}
