/** Quizzes over HTTP: nothing of the key before the answer, each answer once, and only what fits the question. */
import { expect, test } from 'vitest'
import { createLearner, type Answer } from '../../../tests/harness/learner.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { quizView, verdict, type QuestionView } from '../../src/contract/quizzes.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleQuiz } from '../sample-quiz.ts'

const quizzes = new Map([['layers/sample', createSampleQuiz()]])
const address = '/api/quizzes/layers/sample'
const open = () => openTestApp({ quizzes })

function expectRefusal(answer: Answer, code: ErrorCode) {
  const { error } = errorBody.parse(answer.body)
  expect([answer.status, error.code]).toEqual([errors[code].status, code])
}
const idsOf = (question: QuestionView | undefined) =>
  question?.form === 'single'
    ? question.options.map((each) => each.id)
    : question?.form === 'order'
      ? question.steps.map((each) => each.id)
      : []

test('before the answer there is no key, no explanation, no rubric in what a browser gets; after it there is', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const { body } = await learner.request('GET', `${address}?seed=1`)
  expect(JSON.stringify(body)).not.toMatch(/KEY-OR-REASON|"right"|"why/)
  expect(quizView.parse(body).questions.map((each) => each.last)).toEqual([null, null, null, null])

  const answer = { id: 'answer-one', answer: { form: 'single', option: 'wood' } }
  const said = verdict.parse((await learner.request('POST', `${address}/which/answers`, answer)).body)
  expect(said).toMatchObject({ correct: false, key: { form: 'single', option: 'iron' } })
  expect(Object.keys(said.whys)).toEqual(['wood', 'iron', 'rope', 'sail'])
  const again = quizView.parse((await learner.request('GET', address)).body)
  expect(again.questions[0]?.last).toMatchObject({ id: 'answer-one', correct: false })
  expect(again.questions.slice(1).map((each) => each.last)).toEqual([null, null, null])
})

test('a seed shuffles alike, another one otherwise, and steps never begin in order', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const look = async (seed: number) => quizView.parse((await learner.request('GET', `${address}?seed=${seed}`)).body)
  const orders = new Set<string>()
  for (let seed = 0; seed < 20; seed++) {
    const { questions } = await look(seed)
    expect(await look(seed)).toMatchObject({ seed, questions })
    expect(idsOf(questions[0]).toSorted()).toEqual(['iron', 'rope', 'sail', 'wood'])
    expect(idsOf(questions[1])).not.toEqual(['dig', 'fill', 'float'])
    orders.add(idsOf(questions[0]).join())
  }
  expect(orders.size).toBeGreaterThan(5)
})

test('an answer that is sent again is not a second one, and cannot become another', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const send = (option: string, id = 'answer-one') =>
    learner.request('POST', `${address}/which/answers`, { id, answer: { form: 'single', option } })
  const first = await send('wood')
  server.travel(1000)
  expect((await send('wood')).body).toEqual(first.body)
  expect((await send('iron')).body).toEqual(first.body)
  expect((await send('iron', 'answer-two')).body).toMatchObject({ correct: true })
  expect(quizView.parse((await learner.request('GET', address)).body).questions[0]?.last?.id).toBe('answer-two')
  // The same id for another question is none of its answers.
  const other = { id: 'answer-one', answer: { form: 'order', order: ['dig', 'fill', 'float'] } }
  expectRefusal(await learner.request('POST', `${address}/steps/answers`, other), 'BAD_REQUEST')
})

test('a free answer is graded by its learner alone, by points that exist', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const sent = { id: 'answer-one', answer: { form: 'free', text: 'Because of the tide.' } }
  const said = verdict.parse((await learner.request('POST', `${address}/say/answers`, sent)).body)
  expect(said).toMatchObject({ correct: null, points: null, rubric: [{ id: 'first' }, { id: 'second' }] })
  const rate = (points: unknown, id = 'answer-one') => learner.request('PUT', `${address}/say/points`, { id, points })
  expect((await rate(['second'])).body).toMatchObject({ points: ['second'] })
  for (const points of [['third'], ['first', 'first'], 'first', [1]]) expectRefusal(await rate(points), 'BAD_REQUEST')
  expectRefusal(await rate(['first'], 'of-nobody'), 'BAD_REQUEST')
  const stranger = createLearner(server.url)
  await stranger.request('GET', address)
  expectRefusal(
    await stranger.request('PUT', `${address}/say/points`, { id: 'answer-one', points: ['first'] }),
    'BAD_REQUEST',
  )
  const [, , , last] = quizView.parse((await learner.request('GET', address)).body).questions
  expect(last?.last?.points).toEqual(['second'])
})

test('answers that no page of ours sends', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const send = (body: unknown, question = 'which') => learner.request('POST', `${address}/${question}/answers`, body)
  const id = 'answer-one'
  for (const body of [
    { id, answer: { form: 'single', option: 'gold' } },
    { id, answer: { form: 'single', option: 'constructor' } },
    { id, answer: { form: 'single', option: ['iron'] } },
    { id, answer: { form: 'multiple', options: ['iron'] } },
    { id, answer: { form: 'single', option: 'iron', correct: true } },
    { id: 'x', answer: { form: 'single', option: 'iron' } },
    { id: "a'; drop table", answer: { form: 'single', option: 'iron' } },
    { answer: { form: 'single', option: 'iron' } },
    '{"id":"answer-one","answer":{"form":"single","option":"iron"},"__proto__":{"correct":true}}',
    'no JSON',
  ])
    expectRefusal(await send(body), 'BAD_REQUEST')
  expectRefusal(await send({ id, answer: { form: 'free', text: 'x'.repeat(5000) } }, 'say'), 'BAD_REQUEST')
  expectRefusal(await send({ id, answer: { form: 'free', text: 'x'.repeat(10_000_000) } }, 'say'), 'TOO_LARGE')
  for (const seed of ['-1', '1.5', '1e99', 'x'])
    expectRefusal(await learner.request('GET', `${address}?seed=${seed}`), 'BAD_REQUEST')
  for (const name of ['nothing', '__proto__', 'constructor', '%00', '..%2f..'])
    expectRefusal(
      await learner.request('POST', `${address}/${name}/answers`, { id, answer: { form: 'single', option: 'iron' } }),
      'QUESTION_UNKNOWN',
    )
  for (const lesson of ['layers/none', 'constructor/__proto__', '..%2f../sample'])
    expectRefusal(await learner.request('GET', `/api/quizzes/${lesson}`), 'QUIZ_UNKNOWN')
  expect(
    quizView.parse((await learner.request('GET', address)).body).questions.every((each) => each.last === null),
  ).toBe(true)
})

test('answers outlive a restart, count in their order when the clock is set back, and go with their learner', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const send = (option: string, id: string) =>
    learner.request('POST', `${address}/which/answers`, { id, answer: { form: 'single', option } })
  const last = async () => quizView.parse((await learner.request('GET', address)).body).questions[0]?.last
  for (let i = 0; i < 60; i++) await send('wood', `answer-${i}`)
  server.setClock(-86_400_000)
  expect((await send('iron', 'answer-of-yesterday')).status).toBe(200)
  await server.reopen()
  expect(await last()).toMatchObject({ id: 'answer-of-yesterday', correct: true })
  expect((await learner.request('DELETE', '/api/learner')).status).toBe(204)
  expect(await last()).toBeNull()
})
