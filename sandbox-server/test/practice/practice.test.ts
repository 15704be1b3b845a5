/** Practice over HTTP: cards come again when they should, mistakes become cards only with consent, and no answer counts twice. */
import { expect, test } from 'vitest'
import { createLearner, type Answer, type Learner } from '../../../tests/harness/learner.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { nextItemView, practiceOverview, practiceVerdict } from '../../src/contract/practice.ts'
import { keptReviews } from '../../src/database/card-store.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleBank } from '../sample-bank.ts'
import { createSampleQuiz } from '../sample-quiz.ts'

const day = 86_400_000
const quizzes = new Map([['layers/sample', createSampleQuiz()]])
const open = () => openTestApp({ quizzes, bank: createSampleBank() })

function expectRefusal(answer: Answer, code: ErrorCode) {
  const { error } = errorBody.parse(answer.body)
  expect([answer.status, error.code]).toEqual([errors[code].status, code])
}
const look = async (learner: Learner) => practiceOverview.parse((await learner.request('GET', '/api/practice')).body)
const next = async (learner: Learner, query: string) =>
  nextItemView.parse((await learner.request('GET', `/api/practice/next?${query}`)).body)
let ids = 0
const sent = (item: string, turn: number, option: string | null) => ({
  ...{ id: `answer-${++ids}`, item, turn, ms: 4000 },
  answer: option === null ? null : { form: 'single', option },
})
const answer = (learner: Learner, body: unknown) => learner.request('POST', '/api/practice/answers', body)

test('a new question is asked without its key, explained after the answer, and comes again when it is due', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const first = await next(learner, 'of=new&topic=layers')
  expect(first.left).toBe(3)
  expect(JSON.stringify(first)).not.toMatch(/KEY-OR-REASON|MODEL|"right"/)
  const said = practiceVerdict.parse((await answer(learner, sent('bank:layers-one', 0, 'iron'))).body)
  expect(said).toMatchObject({ verdict: { correct: true }, spoken: { short: 'MODEL short.' } })
  expect(said.due).toBeGreaterThan(Date.now() + day / 2)
  expect(await look(learner)).toMatchObject({ due: 0, next_due: said.due, streak: { days: 1 } })
  expect((await next(learner, 'of=due')).item).toBeNull()
  server.travel(said.due! - Date.now() + 1000)
  expect((await next(learner, 'of=due')).item).toMatchObject({ item: 'bank:layers-one', turn: 1 })
  const again = practiceVerdict.parse((await answer(learner, sent('bank:layers-one', 1, 'iron'))).body)
  expect(again.due! - said.due!).toBeGreaterThan(said.due! - Date.now())
})

test('an answer that is sent again changes nothing, one from another window is refused, and so is what fits nothing', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const body = sent('bank:layers-one', 0, 'wood')
  const first = await answer(learner, body)
  expect((await answer(learner, body)).body).toEqual(first.body)
  expect((await answer(learner, { ...body, answer: { form: 'single', option: 'iron' } })).body).toEqual(first.body)
  expectRefusal(await answer(learner, sent('bank:layers-one', 0, 'iron')), 'ALREADY_ANSWERED')
  expectRefusal(await answer(learner, sent('bank:layers-one', 7, 'iron')), 'ALREADY_ANSWERED')
  expectRefusal(await answer(learner, { ...body, item: 'bank:layers-two' }), 'BAD_REQUEST')
  expectRefusal(await answer(learner, sent('bank:layers-live', 0, 'iron')), 'CARD_UNKNOWN')
  expectRefusal(await answer(learner, sent('bank:none', 0, 'iron')), 'CARD_UNKNOWN')
  expectRefusal(await answer(learner, sent('quiz:layers/sample:which', 0, 'iron')), 'CARD_UNKNOWN')
  expectRefusal(await answer(learner, sent('bank:layers-two', 0, 'gold')), 'BAD_REQUEST')
  expectRefusal(await answer(learner, { ...body, answer: { form: 'free', text: 'x'.repeat(10_000_000) } }), 'TOO_LARGE')
  const both = await Promise.all(['wood', 'iron'].map((option) => answer(learner, sent('bank:layers-two', 0, option))))
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await look(learner)).topics[0]).toMatchObject({ topic: 'layers', cards: 2, answered: 2 })
})

test('of answers to one thing the newest are kept', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  for (let turn = 0; turn < keptReviews + 10; turn++)
    expect((await answer(learner, sent('bank:layers-one', turn, 'wood'))).status).toBe(200)
  const { body } = await learner.request<{ reviews: unknown[]; cards: unknown[] }>('GET', '/api/learner/export')
  expect(body.reviews).toHaveLength(keptReviews)
  expect(body.cards).toMatchObject([{ item: 'bank:layers-one', turn: keptReviews + 10 }])
})

test('mistakes become cards only for those who agree, also those of before; who takes it back loses them', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const quiz = { id: 'quiz-answer', answer: { form: 'single', option: 'wood' } }
  await learner.request('POST', '/api/quizzes/layers/sample/which/answers', quiz)
  expect(await look(learner)).toMatchObject({ collect: null, due: 0 })
  await learner.request('PUT', '/api/practice/collect', { collect: true })
  expect(await look(learner)).toMatchObject({ collect: true, due: 1 })
  const { item } = await next(learner, 'of=due')
  expect(item).toMatchObject({ item: 'quiz:layers/sample:which', origin: 'quiz', lesson: 'layers/sample' })
  await answer(learner, sent(item!.item, item!.turn, 'iron'))
  // It was answered right here: that it was wrong once makes no second card of it.
  expect((await look(learner)).due).toBe(0)
  await learner.request('PUT', '/api/practice/collect', { collect: false })
  expect(await look(learner)).toMatchObject({ collect: false, due: 0, next_due: null })
})

test('a task whose solution was asked for is asked again, as a question with its solution behind it', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  await learner.request('PUT', '/api/practice/collect', { collect: true })
  const session = await learner.start('layers/sample')
  await learner.request('GET', `/api/sessions/${session.id}/tasks/build/solution`)
  expect((await look(learner)).due).toBe(0)
  await learner.end(session.id)
  await expect.poll(async () => (await look(learner)).due).toBe(1)
  const { item } = await next(learner, 'of=due')
  expect(item).toMatchObject({ item: 'task:layers/sample:build', question: { form: 'free' } })
  expect(JSON.stringify(item)).not.toContain('docker build')
  const body = { id: 'task-answer', item: item!.item, turn: 0, answer: { form: 'free', text: 'build it' }, ms: 1 }
  const said = practiceVerdict.parse((await answer(learner, body)).body)
  expect(said.due).toBeNull()
  expect(JSON.stringify(said.verdict.key)).toContain('docker build .')
  const rate = (points: string[]) => learner.request('PUT', '/api/practice/points', { id: 'task-answer', points })
  const low = practiceVerdict.parse((await rate([])).body)
  const high = practiceVerdict.parse((await rate(['way', 'reason'])).body)
  expect(high.due! - low.due!).toBeGreaterThan(day / 2)
  expectRefusal(await rate(['gold']), 'BAD_REQUEST')
  expectRefusal(await createLearner(server.url).request('PUT', '/api/practice/points', {}), 'BAD_REQUEST')
})

test('a clock that was set ahead and back, or back and ahead, loses no card and no review', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  await learner.request('GET', '/api/practice')
  server.setClock(300 * day)
  const far = practiceVerdict.parse((await answer(learner, sent('bank:layers-one', 0, 'iron'))).body)
  expect(far.due).toBeGreaterThan(Date.now() + 300 * day)
  server.setClock(-300 * day)
  // What was reviewed in what is now the future is within reach, and its next time is near again.
  expect((await next(learner, 'of=due')).item).toMatchObject({ item: 'bank:layers-one', turn: 1 })
  const near = practiceVerdict.parse((await answer(learner, sent('bank:layers-one', 1, 'iron'))).body)
  expect(near.due).toBeLessThan(Date.now() + 30 * day)
  await answer(learner, sent('bank:layers-two', 0, 'wood'))
  server.setClock(-day / 2)
  expect((await look(learner)).topics[0]).toMatchObject({ cards: 2 })
  server.setClock(day / 2)
  await server.reopen()
  server.travel(30 * day)
  expect(await look(learner)).toMatchObject({ due: 2, topics: [{ cards: 2 }, {}] })
})

test('who is forgotten leaves no card, no review and no choice', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  await learner.request('PUT', '/api/practice/collect', { collect: true })
  await answer(learner, sent('bank:layers-one', 0, 'iron'))
  const { cookie } = learner
  await learner.request('DELETE', '/api/learner')
  learner.cookie = cookie
  expect(await look(learner)).toMatchObject({ collect: null, due: 0, next_due: null, streak: { days: 0 } })
})
