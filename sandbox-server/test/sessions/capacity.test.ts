/** What this server can carry, who may come in, and in which order those start who have to wait. */
import { expect, test } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleLab } from '../test-labs.ts'

const [lab, other, third] = ['layers/sample', 'layers/other', 'layers/third']
const minute = 60_000
const ask = async (learner: Learner, wanted = lab) =>
  (await learner.request<SessionView>('POST', '/api/sessions', { lab: wanted })).body

test('a time is promised, it holds when nobody ends early, and the lab starts by itself', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_MAX_SESSIONS: '1' } })
  const [first, second] = [createLearner(server.url), createLearner(server.url)]
  const running = await first.start(lab)
  const waiting = await ask(second)
  const { queue_place, queue_latest } = await second.session(waiting.id)
  expect(queue_place).toBe(1)
  expect(queue_latest).toBeGreaterThan(running.deadline ?? 0)
  expect(queue_latest).toBeLessThan((running.deadline ?? 0) + 2 * minute)
  // Nobody moves the time that another was promised.
  const refused = await first.request('POST', `/api/sessions/${running.id}/extend`)
  expect(refused).toMatchObject({ status: 403, body: { error: { message: expect.stringMatching(/wait/) as string } } })
  const terminal = await first.terminal(running.id)
  for (let passed = 0; passed < 90; passed += 15) {
    const from = terminal.text.length
    terminal.type('echo busy\r')
    await terminal.waitFor('busy\r\n', { from })
    server.travel(15 * minute)
  }
  await eventually(async () => (await second.session(waiting.id)).state === 'ready')
})

test('a second lab waits behind the first ones of others, and is promised nothing', async () => {
  const labs = [lab, other, third].map((id) => createSampleLab(id))
  const env = { DRYDOCK_MAX_SESSIONS: '1', DRYDOCK_SESSIONS_PER_LEARNER: '3' }
  await using server = await openTestApp({ labs, env })
  const [greedy, late] = [createLearner(server.url), createLearner(server.url)]
  const running = await greedy.start(lab)
  const again = await ask(greedy, other)
  const more = await ask(greedy, third)
  const one = await ask(late)
  const standing = async (learner: Learner, id: string) => {
    const { queue_place, queue_latest } = await learner.session(id)
    return [queue_place, queue_latest === null]
  }
  expect(await standing(late, one.id)).toEqual([1, false])
  expect(await standing(greedy, again.id)).toEqual([2, true])
  expect(await standing(greedy, more.id)).toEqual([3, true])
  await greedy.end(running.id)
  await eventually(async () => (await late.session(one.id)).state === 'ready')
  // It is promised a time once it is known when the one before it ends, which is when that has started.
  await eventually(async () => (await standing(greedy, again.id)).join() === '1,false')
})

test('a host that is full makes learners wait, also when places are free, and lets them in as soon as there is room', async () => {
  await using server = await openTestApp()
  server.engine.room = 0
  await eventually(async () => {
    const { body } = await createLearner(server.url).request<{ free: number }>('GET', '/api/health')
    return body.free === 0
  })
  const learner = createLearner(server.url)
  const { id } = await ask(learner)
  expect(await learner.session(id)).toMatchObject({ state: 'starting', queue_place: 1 })
  server.engine.room = 1
  await eventually(async () => (await learner.session(id)).state === 'ready')
})

test('a lab that this host can never carry says so before it starts', async () => {
  await using server = await openTestApp()
  server.engine.tooLarge = 'This lab asks for 8192 MB of memory for its machine, and this host has 4096 MB.'
  const learner = createLearner(server.url)
  expect(await learner.request('POST', '/api/sessions', { lab })).toMatchObject({
    status: 503,
    body: { error: { code: 'LAB_UNSUPPORTED', message: server.engine.tooLarge } },
  })
  expect((await learner.labs())[0]?.available).toEqual({ state: 'unsupported', reason: server.engine.tooLarge })
})

test('one network address may have so many labs, and one that replaces another is no more than before', async () => {
  const labs = [lab, other].map((id) => createSampleLab(id))
  await using server = await openTestApp({ labs, env: { DRYDOCK_SESSIONS_PER_ADDRESS: '2', TRUST_PROXY: 'true' } })
  const [a, b, c] = [createLearner(server.url), createLearner(server.url), createLearner(server.url)]
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const start = (learner: Learner, address: string, body: object = { lab }) =>
    learner.request('POST', '/api/sessions', body, from(address))
  await start(a, '192.0.2.1')
  await start(b, '192.0.2.1')
  const refused = await start(c, '192.0.2.1')
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TOO_MANY' } } })
  expect((await start(c, '192.0.2.2')).status).toBe(201)
  expect((await start(a, '192.0.2.1', { lab: other, replace: true })).status).toBe(201)
})

test('with an access code lessons can be read and no lab starts until it is given', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_ACCESS_CODE: 'harbour-42' } })
  const learner = createLearner(server.url)
  expect((await learner.labs()).length).toBe(1)
  const start = () => learner.request('POST', '/api/sessions', { lab })
  expect(await start()).toMatchObject({ status: 403, body: { error: { code: 'ACCESS_CODE' } } })
  const give = (code: string) => learner.request('POST', '/api/access', { code })
  expect(await give('harbour')).toMatchObject({ status: 403, body: { error: { code: 'ACCESS_CODE' } } })
  expect((await give('harbour-42')).status).toBe(204)
  expect((await start()).status).toBe(201)
  expect(await createLearner(server.url).request('POST', '/api/sessions', { lab })).toMatchObject({ status: 403 })
})

test('a learner who leaves ends all labs, and nothing of them is kept', async () => {
  const labs = [lab, other].map((id) => createSampleLab(id))
  await using server = await openTestApp({ labs, env: { DRYDOCK_SESSIONS_PER_LEARNER: '2' } })
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  await learner.start(other)
  await learner.task(id, 'build', (t) => t.done)
  const { cookie } = learner
  expect((await learner.request('DELETE', '/api/learner')).status).toBe(204)
  await eventually(() => server.engine.sessions.size === 0)
  // Even who has kept the cookie finds nothing.
  learner.cookie = cookie
  const progress = await learner.request<{ labs: object }>('GET', '/api/progress')
  expect(progress.body.labs).toEqual({})
  expect((await learner.labs())[0]?.kept).toBeNull()
})

test('the pool follows what is asked for', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_POOL_MIN: '1', DRYDOCK_POOL_MAX: '5' } })
  await eventually(() => server.engine.wished[0]?.count === 1)
  for (let i = 0; i < 3; i++) await createLearner(server.url).start(lab)
  await eventually(() => server.engine.wished[0]?.count === 3)
  server.travel(4 * minute)
  await eventually(() => server.engine.wished[0]?.count === 1)
})
