/** Somebody who makes a new identity for each request fills no database, and keeps nobody out who is known. */
import { expect, test } from 'vitest'
import { createLearner, type Answer, type Learner } from '../../../tests/harness/learner.ts'
import { errorBody } from '../../src/contract/errors.ts'
import { mostOf } from '../../src/contract/learner-export.ts'
import { filesTaken } from '../../src/learners/identity.ts'
import { answer, createSomeone, exportOf, lab, openBeside, openServer, otherLab } from './someone.ts'

const env = { DRYDOCK_NEW_LEARNERS_PER_ADDRESS: '5' }
const refused = (given: Answer) => given.status === 429 && errorBody.parse(given.body).error.code === 'TOO_MANY'
/** By every way that makes a learner known. */
const ways: ((learner: Learner) => Promise<Answer>)[] = [
  (learner) => answer(learner, 'answer-of-nobody'),
  (learner) => learner.request('POST', '/api/learner/code'),
  (learner) => learner.request('POST', '/api/learner/import', {}),
  (learner) => learner.request('POST', '/api/access', { code: 'any' }),
  (learner) => learner.request('POST', '/api/sessions', { lab }),
  (learner) => learner.request('PUT', '/api/practice/collect', { collect: true }),
  (learner) => learner.request('POST', '/api/interviews', { topics: ['layers'], level: 'mid', minutes: 15 }),
  (learner) =>
    learner.request('POST', '/api/practice/answers', {
      ...{ id: 'answer-of-nobody', item: 'bank:layers-one', turn: 0, ms: 1 },
      answer: { form: 'single', option: 'iron' },
    }),
]

test('so many new learners come from one network within an hour; known ones go on, and later there is room again', async () => {
  await using server = await openServer(env)
  await using beside = await openBeside(server)
  const first = createLearner(server.url)
  expect((await answer(first, 'first-answer')).status).toBe(200)
  // At once, so that counting only afterwards would let them all through.
  const flood = await Promise.all(
    Array.from({ length: 30 }, async () => await answer(createLearner(server.url), 'answer-of-nobody')),
  )
  expect(flood.filter(({ status }) => status === 200)).toHaveLength(4)
  expect(flood.filter(refused)).toHaveLength(26)
  for (const way of ways) {
    const nobody = createLearner(server.url)
    expect(refused(await way(nobody))).toBe(true)
    // With the cookie that came with the refusal, or that a page gives, it is the same.
    expect(refused(await way(nobody))).toBe(true)
  }
  expect(await beside.rows('learners')).toHaveLength(5)
  expect(server.engine.sessions.size).toBe(0)

  expect((await answer(first, 'second-answer')).status).toBe(200)
  expect((await first.start(otherLab)).state).toBe('ready')
  const reader = createLearner(server.url)
  for (const path of ['/api/learner', '/api/labs', '/api/practice', '/api/interviews', '/api/quizzes/layers/sample'])
    expect((await reader.request('GET', path)).status).toBe(200)
  server.travel(3_600_001)
  expect((await answer(reader, 'an-hour-later')).status).toBe(200)
})

test('whose address it is says the proxy that is trusted, and nobody else', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const ask = (url: string, headers: Record<string, string>) =>
    createLearner(url).request('POST', '/api/learner/code', undefined, headers)
  for (const [trust, statuses] of [
    ['false', [201, 429, 429]],
    ['true', [201, 429, 201]],
  ] as const) {
    await using server = await openServer({ DRYDOCK_NEW_LEARNERS_PER_ADDRESS: '1', TRUST_PROXY: trust })
    // Two addresses of one household, and another household.
    const asked = ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1'].map((each) => () => ask(server.url, from(each)))
    const said: number[] = []
    for (const each of asked) said.push((await each()).status)
    expect(said).toEqual(statuses)
  }
})

test('no learner keeps more than can be taken along, and files are read a few times only', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const file = { ...(await exportOf(learner)), exported_at: 1 }
  const send = (body: unknown) => learner.request('POST', '/api/learner/import', body)
  await using beside = await openBeside(server)
  const [row] = await beside.rows('progress')
  for (let at = 0; at < mostOf.progress; at += 1000)
    await beside.db
      .insertInto('progress')
      .values(Array.from({ length: 1000 }, (_, i) => ({ ...row, task: `task-${at + i}` })))
      .execute()
  const full = await send(file)
  expect([full.status, errorBody.parse(full.body).error.message]).toEqual([
    400,
    expect.stringMatching(/Nothing was imported.*progress: .* more than 20000/),
  ])
  for (let i = 1; i < filesTaken.most; i++) expect((await send({})).status).toBe(400)
  expect(refused(await send({}))).toBe(true)
  server.travel(filesTaken.within + 1)
  expect((await send({})).status).toBe(400)
})
