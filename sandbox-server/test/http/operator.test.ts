/** The operator: sees and ends sessions with the key of the state folder, empties the server for maintenance, and feeds Prometheus. */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { OperatorView } from '../../src/contract/operator.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp, type TestApp } from '../open-test-app.ts'
import { createInstructor, join, move, openSchool, openWall, plan } from '../workshops/class.ts'

const lab = 'layers/sample'

async function openOperator(server: TestApp) {
  const file = path.join(server.state, 'operator.key')
  const headers = { authorization: `Bearer ${await readFile(file, 'utf8')}` }
  const program = createLearner(server.url)
  return {
    file,
    list: async () => (await program.request<OperatorView>('GET', '/api/operator/sessions', undefined, headers)).body,
    ask: (what: string, body: object) => program.request('POST', `/api/operator/${what}`, body, headers),
  }
}

test('sees what each session takes, and ends one or all', async () => {
  await using server = await openTestApp()
  const operator = await openOperator(server)
  const learners = [createLearner(server.url), createLearner(server.url), createLearner(server.url)]
  const started = []
  for (const learner of learners) started.push(await learner.start(lab))
  const { sessions } = await operator.list()
  expect(sessions.map((each) => each.id)).toEqual(started.map((each) => each.id))
  expect(sessions[0]).toMatchObject({ lab, state: 'ready', memory: 50_000_000, disk: 2_000_000, nodes: 1 })
  expect(sessions[0]?.learner).toHaveLength(6)
  const events = await learners[0]!.events(started[0]!.id)
  expect(await operator.ask('end', { session: started[0]!.id })).toMatchObject({ status: 200, body: { ending: 1 } })
  const gone = await events.find((e) => e.type === 'session' && e.session.state === 'gone')
  expect(gone.type === 'session' && gone.session.reason).toMatch(/Whoever runs this server/)
  expect(await operator.ask('end', { session: 'nobody' })).toMatchObject({ status: 404 })
  await operator.ask('end', { session: 'all' })
  await eventually(() => server.engine.sessions.size === 0)
})

test('sees for which workshops places are kept, and ends one that its instructor forgot', async () => {
  await using server = await openSchool()
  const operator = await openOperator(server)
  const instructor = await createInstructor(server)
  expect((await operator.list()).workshops).toEqual([])
  const { id, code } = await plan(instructor, { size: 12 })
  await plan(instructor, { size: 5, starts_at: Date.now() + 24 * 3_600_000 })
  const { learner } = await join(server, code, 'Ada')
  const [soon, ...later] = await eventually(async () => {
    const { workshops } = await operator.list()
    return workshops.length > 0 && workshops
  })
  expect(soon).toMatchObject({
    id,
    title: 'Images',
    state: 'waiting',
    places: 12,
    of: 12,
    learners: 1,
    paused_at: null,
  })
  expect(later).toEqual([])
  await move(instructor, id, 'running')
  const { id: session } = await learner.start(lab)
  await move(instructor, id, 'paused')
  // Nobody comes back from this break, and nothing but a person can know that.
  server.travel(3_600_000)
  const { workshops, sessions } = await operator.list()
  expect(workshops.map(({ state, paused_at }) => [state, paused_at !== null])).toEqual([['paused', true]])
  expect(sessions.map((each) => each.id)).toEqual([session])
  const wall = await openWall(instructor, id)
  expect(await operator.ask('end', { session: id })).toMatchObject({ status: 200, body: { ending: 0, workshops: 1 } })
  const ended = await wall.find((event) => event.type === 'log' && event.entry.what.kind === 'state')
  expect(ended).toMatchObject({ entry: { by: 'Whoever runs this server', what: { to: 'ended' } } })
  await eventually(async () => (await operator.list()).workshops.length === 0)
  // Nothing keeps its labs longer than others from then on.
  server.travel(24 * 3_600_000)
  await eventually(async () => (await operator.list()).sessions.length === 0)
})

test('maintenance: nobody begins, labs go on, a restart changes nothing, and then people are let in again', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_MAX_SESSIONS: '1' } })
  const [first, second, third] = [createLearner(server.url), createLearner(server.url), createLearner(server.url)]
  const running = await first.start(lab)
  const waiting = (await second.request<{ id: string }>('POST', '/api/sessions', { lab })).body
  await (await openOperator(server)).ask('maintenance', { begun: true })
  const start = () => third.request('POST', '/api/sessions', { lab })
  expect(await start()).toMatchObject({ status: 503, body: { error: { code: 'MAINTENANCE', retry: true } } })
  await first.end(running.id)
  await server.reopen()
  expect(await start()).toMatchObject({ status: 503, body: { error: { code: 'MAINTENANCE' } } })
  const view = await second.session(waiting.id)
  expect(view).toMatchObject({ state: 'starting', queue_place: 1, queue_latest: null })
  expect(view.progress).toMatch(/maintained/)
  await eventually(() => server.engine.wished.every(({ count }) => count === 0))
  await (await openOperator(server)).ask('maintenance', { begun: false })
  await eventually(async () => (await second.session(waiting.id)).state === 'ready')
})

test('nobody else gets in: no key, a wrong key, the key of an earlier server, a learner', async () => {
  await using server = await openTestApp()
  const { file } = await openOperator(server)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const old = await readFile(file, 'utf8')
  await server.reopen()
  const learner = createLearner(server.url)
  await learner.start(lab)
  for (const headers of [
    {},
    { authorization: 'Bearer x' },
    { authorization: `Bearer ${old}` },
    { authorization: '' },
  ]) {
    const get = await learner.request('GET', '/api/operator/sessions', undefined, headers)
    expect(get).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
    expect((await learner.request('POST', '/api/operator/end', { session: 'all' }, headers)).status).toBe(403)
    expect((await learner.request('POST', '/api/operator/maintenance', { begun: true }, headers)).status).toBe(403)
  }
  expect(server.engine.sessions.size).toBe(1)
})

test('figures are in the format of Prometheus, on this machine or with the token', async () => {
  const token = 'a-token-of-some-length'
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const read = async () => (await learner.request<string>('GET', '/metrics')).body
  // Counted when it is stored, which is after the learner was told.
  const figures = await eventually(async () => {
    const said = await read()
    return /^drydock_start_seconds_count 1$/m.test(said) && said
  })
  expect(figures).toMatch(/^drydock_sessions\{state="ready"\} 1$/m)
  expect(figures).toMatch(/^drydock_nodes 1$/m)
  expect(figures).toMatch(/^process_resident_memory_bytes \d+/m)
  expect(figures).not.toContain(id)
  await learner.end(id)
  await eventually(async () => /^drydock_sessions_ended_total\{how="ended"\} 1$/m.test(await read()))
  expect((await learner.request('GET', '/metrics', undefined, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(403)

  await using proxied = await openTestApp({
    env: { PUBLIC_URL: 'https://docker.example', DRYDOCK_METRICS_TOKEN: token },
  })
  const ask = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization }
    const port = new URL(proxied.listening).port
    return (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status
  }
  expect([await ask(), await ask('Bearer wrong'), await ask(`Bearer ${token}`)]).toEqual([403, 403, 200])
})
