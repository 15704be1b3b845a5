/** Authors of the interview bank are told what is wrong with which question; and the bank of this repository has no mistake. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countQuestions } from './count-questions.ts'
import { loadBank } from './load-bank.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')
const why = 'Because this is how it is.'
const spoken = { short: 'So.', senior: 'So it is.', next: { asks: 'And then?', answer: 'Then that.' } }
const common = { level: 'mid', lesson: 'layers/cache', text: 'What?', spoken }
const source = 'https://docs.docker.com/'
const options = { one: { text: 'One', why, right: true }, two: { text: 'Two', why } }
const single = { ...common, form: 'single', source, options }
const free = { ...common, form: 'free', source, rubric: { a: 'Says a', b: 'Says b' } }
const live = { ...common, form: 'live', lab: 'isolation/exit-137', minutes: 8, variant: 1 }

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'drydock-bank-'))
  for (const folder of ['lessons/layers/cache', 'lessons/interview', 'labs/isolation/exit-137', 'labs/layers/easy'])
    await mkdir(path.join(root, folder), { recursive: true })
  await writeFile(path.join(root, 'lessons/layers/cache/lesson.mdx'), '')
  const lab = { title: 'Lab', summary: 'A lab of a test.', minutes: 5, tasks: [{ id: 'a', goal: 'Do it.' }] }
  await writeFile(path.join(root, 'labs/isolation/exit-137/lab.yaml'), stringify({ ...lab, kind: 'challenge' }))
  await writeFile(path.join(root, 'labs/layers/easy/lab.yaml'), stringify({ ...lab, kind: 'guided' }))
})
afterEach(() => rm(root, { recursive: true }))

async function load(questions: Record<string, unknown>, topic = 'layers') {
  const text = stringify({ questions }, { aliasDuplicateObjects: false })
  await writeFile(path.join(root, `lessons/interview/${topic}.yaml`), text)
  const { bank, problems } = await loadBank(root)
  return { bank, said: problems.map(({ file, message }) => `${file} ${message}`) }
}

test('the bank of this repository is without mistakes', async () => {
  expect((await loadBank(repository)).problems).toEqual([])
})

test('a bank that is not there is empty', async () => {
  await rm(path.join(root, 'lessons/interview'), { recursive: true })
  expect(await loadBank(root)).toEqual({ bank: new Map(), problems: [] })
})

test('questions keep their topic and are counted with those after lessons', async () => {
  const { bank, said } = await load({ choose: single, say: free, repair: { ...live, seed: 'exit-137' } })
  expect(said).toEqual([])
  expect([...bank].map(([id, { topic }]) => [id, topic])).toEqual([
    ['choose', 'layers'],
    ['say', 'layers'],
    ['repair', 'layers'],
  ])
  expect(countQuestions(new Map(), bank)).toMatchObject({
    ...{ questions: 3, live: 1, by_topic: { layers: 3 }, by_level: { mid: 3 }, seed_questions: 1 },
    by_form: { single: 1, free: 1, live: 1, order: 0 },
  })
})

test.each([
  ['no model answer', { ...single, spoken: undefined }, 'questions.third.spoken is missing'],
  ['a model of its own', { ...free, model: 'Says all.' }, "has 'model', which nothing reads"],
  ['no claim', { ...single, source: undefined }, 'questions.third rests on nothing'],
  ['two right options', { ...single, options: { ...options, two: { ...options.two, right: true } } }, 'has 2 right'],
  ['a lesson that is not there', { ...single, lesson: 'layers/none' }, 'names the lesson layers/none'],
  ['a lab that is not there', { ...live, lab: 'layers/none' }, 'asks for the lab layers/none'],
  ['a lab that leads by the hand', { ...live, lab: 'layers/easy' }, 'layers/easy, a guided lab'],
  ['a live one without a clock', { ...live, minutes: undefined }, 'questions.third.minutes is missing'],
  ['the same lab and variant twice', live, "the same lab and variant as 'repair'"],
  ['a form that is none', { ...single, form: 'essay' }, 'needs a form: single'],
])('%s is told with its question', async (_what, question, expected) => {
  const { bank, said } = await load({ choose: single, repair: live, third: question })
  expect(said.join('\n')).toContain(expected)
  expect(said[0]).toContain('lessons/interview/layers.yaml questions.third')
  expect(bank.has('third')).toBe(false)
})

test('an id that another topic has, and a file that is called after no topic, are told', async () => {
  await load({ choose: single })
  const { said } = await load({ choose: single }, 'unheard')
  expect(said).toEqual([
    'lessons/interview/unheard.yaml is called after no topic of the course: there is no lesson in lessons/unheard/',
    'lessons/interview/unheard.yaml questions.choose has the id of a question in lessons/interview/layers.yaml: ids are unique over all topics',
  ])
})
