/** A session from its first request to its end, as the browser sees it. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import { connect } from '../../src/database/open-database.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleLab } from '../test-labs.ts'

const lab = 'layers/sample'

test('it is created at once, gets ready, turns tasks green by itself, and ends', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  server.engine.onNode = (node) => node.answers.set('/done', [])
  const created = await learner.request<SessionView>('POST', '/api/sessions', { lab })
  expect(created.status).toBe(201)
  expect(created.body.state).toBe('starting')
  const ready = await learner.start(lab)
  expect(ready).toMatchObject({ id: created.body.id, state: 'ready', nodes: ['node1'] })
  expect(ready.deadline).toBeGreaterThan(Date.now() + 80 * 60_000)

  await learner.task(ready.id, 'build', (t) => t.outcome?.status === 'fail')
  await learner.task(ready.id, 'runs', (t) => t.outcome?.status === 'blocked')
  await learner.task(ready.id, 'calm', (t) => t.done)
  const node = server.engine.node(ready.id)
  node.answers.set('/done', ['build'])
  node.emit({ Type: 'image', Action: 'tag', Actor: { Attributes: { name: 'shop' } } })
  const build = await learner.task(ready.id, 'build', (t) => t.done)
  expect(build).toMatchObject({ outcome: { status: 'pass' }, tries: 1 })

  const events = await learner.events(ready.id)
  await learner.end(ready.id)
  await events.find((e) => e.type === 'session' && e.session.state === 'gone')
  expect(await events.closed).toBe(4410)
  expect(server.engine.sessions.size).toBe(0)
  const after = await learner.request('GET', `/api/sessions/${ready.id}`)
  expect(after).toMatchObject({ status: 410, body: { error: { code: 'SESSION_ENDED' } } })
  const progress = await learner.request('GET', '/api/progress')
  expect(progress.body).toMatchObject({
    labs: { [lab]: { passed: { build: expect.any(Number) as number } } },
    last: { lab },
  })
})

test('the same lab is the same session; another lab says which one would end, and ends it when told to', async () => {
  await using server = await openTestApp({ labs: [createSampleLab(), createSampleLab('layers/other')] })
  const learner = createLearner(server.url)
  const first = await learner.start(lab)
  const again = await learner.request<SessionView>('POST', '/api/sessions', { lab })
  expect([again.status, again.body.id]).toEqual([200, first.id])
  const other = await learner.request('POST', '/api/sessions', { lab: 'layers/other' })
  expect(other).toMatchObject({
    status: 409,
    body: { error: { code: 'SESSION_LIMIT', details: { session: first.id, lab } } },
  })
  const replaced = await learner.start('layers/other', { replace: true })
  await eventually(() => !server.engine.sessions.has(first.id))
  expect([...server.engine.sessions.keys()]).toEqual([replaced.id])
})

test('two requests at the same moment make one session', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  await learner.labs()
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => learner.request<SessionView>('POST', '/api/sessions', { lab })),
  )
  expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
  expect(server.engine.started).toHaveLength(1)
})

test('leaving while it starts cancels the start and leaves nothing', async () => {
  await using server = await openTestApp()
  const cancelled = Promise.withResolvers<void>()
  server.engine.onStart = (_spec, signal) =>
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        cancelled.resolve()
        reject(signal.reason as Error)
      }),
    )
  const learner = createLearner(server.url)
  const { body } = await learner.request<SessionView>('POST', '/api/sessions', { lab })
  const events = await learner.events(body.id)
  await eventually(() => server.engine.started.length)
  await learner.end(body.id)
  await cancelled.promise
  await events.find((e) => e.type === 'session' && e.session.state === 'gone')
  expect(server.engine.removed).toContain(body.id)
  await eventually(async () => (await learner.request<{ free: number }>('GET', '/api/health')).body.free === 40)
})

test('a start that fails says so, and the next one begins anew', async () => {
  await using server = await openTestApp()
  server.engine.onStart = () => Promise.reject(new Error('no disk left in /var/secret'))
  const learner = createLearner(server.url)
  const { body } = await learner.request<SessionView>('POST', '/api/sessions', { lab })
  const failed = await eventually(() => server.engine.removed.includes(body.id)).then(() => learner.session(body.id))
  expect(failed.state).toBe('failed')
  expect(failed.reason).toMatch(/could not be started/)
  expect(failed.reason).not.toMatch(/secret/)
  server.engine.onStart = async () => undefined
  const second = await learner.start(lab)
  expect(second.id).not.toBe(body.id)
  await eventually(async () => (await learner.request<SessionView[]>('GET', '/api/sessions')).body.length === 1)
})

test('reset makes new nodes in the same session: tasks begin anew, the terminal begins anew, the deadline stays', async () => {
  await using server = await openTestApp()
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const session = await learner.start(lab)
  await learner.task(session.id, 'build', (t) => t.done)
  const terminal = await learner.terminal(session.id)
  await terminal.waitFor('# ')
  const before = server.engine.node(session.id)
  server.engine.onNode = (node) => node.answers.set('/done', [])
  const reset = await learner.request<SessionView>('POST', `/api/sessions/${session.id}/reset`)
  expect(reset.body.state).toBe('starting')
  await learner.task(session.id, 'build', (t) => !t.done && t.outcome?.status === 'fail')
  expect(server.engine.node(session.id)).not.toBe(before)
  expect((await learner.session(session.id)).deadline).toBe(session.deadline)
  await eventually(() => server.engine.node(session.id).shells.get('main'))
  terminal.type('echo fresh\r')
  await terminal.waitFor('fresh\r\n')
})

test('more time moves the end, three times', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id, deadline } = await learner.start(lab)
  for (const left of [2, 1, 0]) {
    const { body } = await learner.request<SessionView>('POST', `/api/sessions/${id}/extend`)
    expect(body.extensions_left).toBe(left)
  }
  expect((await learner.session(id)).deadline).toBe((deadline ?? 0) + 3 * 1_800_000)
  const refused = await learner.request('POST', `/api/sessions/${id}/extend`)
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
})

test('a database that fails keeps no session from ending', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const database = connect(server.database, () => undefined)
  await database.schema.alterTable('sessions').renameColumn('reason', 'lost').execute()
  await database.destroy()
  await learner.end(id)
  await eventually(() => server.engine.sessions.size === 0)
  await eventually(async () => (await learner.request('GET', `/api/sessions/${id}`)).status === 410)
})
