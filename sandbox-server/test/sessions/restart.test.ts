/** Server or engine go and come back: labs go on, what nobody owns is removed, people are told what was lost. */
import { setTimeout as delay } from 'node:timers/promises'
import { pass, type Check } from '@drydock/kit'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { LabView } from '../../src/contract/labs.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import type { SessionSpec } from '../../src/runtime/port.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab, createSampleLab } from '../test-labs.ts'

const lab = 'layers/sample'

test('the server restarts: sockets are told to come back; session, shell, tasks and hints are there', async () => {
  await using server = await openTestApp()
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const session = await learner.start(lab)
  await learner.task(session.id, 'build', (t) => t.done)
  await learner.request('POST', `/api/sessions/${session.id}/tasks/runs/hints`)
  await learner.request('POST', `/api/sessions/${session.id}/terminals`, { node: 'node1' })
  const second = await learner.terminal(session.id, { terminal: 't2' })
  const terminal = await learner.terminal(session.id)
  terminal.type('echo before\r')
  await terminal.waitFor('before\r\n')
  const events = await learner.events(session.id)

  await server.reopen()
  expect(await Promise.all([terminal.closed, second.closed, events.closed])).toEqual([4503, 4503, 4503])
  const found = await learner.session(session.id)
  expect(found).toMatchObject({ state: 'ready', deadline: session.deadline })
  expect(found.terminals.map((t) => t.id)).toEqual(['main', 't2'])
  expect(found.tasks.find((t) => t.id === 'build')).toMatchObject({ done: true })
  expect(found.tasks.find((t) => t.id === 'runs')).toMatchObject({ hints_taken: expect.any(Array) as string[] })
  const again = await learner.terminal(session.id, { since: terminal.offset })
  expect(again.start).toMatchObject({ offset: terminal.offset, reset: false })
  again.type('echo after\r')
  await again.waitFor('after\r\n')
  expect(server.engine.started).toHaveLength(1)
})

test('until all labs are taken over the server says how far it is, and then they are there', async () => {
  await using server = await openTestApp()
  const learners = [createLearner(server.url), createLearner(server.url)]
  const sessions = await Promise.all(learners.map((learner) => learner.start(lab)))
  const gates = sessions.map(() => Promise.withResolvers<void>())
  let opened = 0
  server.engine.onOpen = () => gates[opened++]!.promise
  const reopening = server.reopen()
  const says = async () => {
    const answer = await fetch(`${server.listening}/api/health`).catch(() => null)
    return answer && `${answer.status} ${await answer.text()}`
  }
  await eventually(async () => /^503 .*bringing back the labs/.test((await says()) ?? ''))
  gates[0]?.resolve()
  await eventually(async () => (await says())?.includes('1 of 2'))
  gates[1]?.resolve()
  await reopening
  expect(await says()).toMatch(/^200 /)
  for (const [i, learner] of learners.entries())
    expect((await learner.session(sessions[i]?.id ?? '')).state).toBe('ready')
})

test('nothing is graded before all labs are taken over, and then all of them are', async () => {
  const graded = new Set<number>()
  const check: Check = async ({ seed }) => (graded.add(seed), pass())
  const watched = createLab(lab, { tasks: [{ id: 'a', goal: 'A.', type: 'holds' }] }, { a: check })
  await using server = await openTestApp({ labs: [watched] })
  const learners = [createLearner(server.url), createLearner(server.url)]
  for (const learner of learners) await learner.start(lab)
  await eventually(() => graded.size === 2)
  const second = Promise.withResolvers<void>()
  let opened = 0
  server.engine.onOpen = () => (++opened === 2 ? second.promise : Promise.resolve())
  const reopening = server.reopen()
  await eventually(() => opened === 2)
  graded.clear()
  // Nothing tells that nothing happens: more than twice as long as a first look waits otherwise.
  await delay(600)
  expect(graded.size).toBe(0)
  second.resolve()
  await reopening
  await eventually(() => graded.size === 2)
})

test('labs that people wait for come back before those that only have to end', async () => {
  await using server = await openTestApp()
  const [leaving, staying] = [createLearner(server.url), createLearner(server.url)]
  const over = await leaving.start(lab)
  const on = await staying.start(lab)
  // The engine does not let go of it while this server lives.
  server.engine.onRemove = () => Promise.reject(new Error('it hangs'))
  await leaving.end(over.id)
  await eventually(() => server.engine.removed.includes(over.id))
  const opened: string[] = []
  server.engine.onOpen = (spec) => Promise.resolve(void opened.push(spec.session))
  server.engine.onRemove = () => Promise.resolve()
  await server.reopen()
  expect(opened).toEqual([on.id, over.id])
  await eventually(() => !server.engine.sessions.has(over.id))
  expect((await staying.session(on.id)).state).toBe('ready')
})

test('what is on the engine without an owner is removed; what is not on the engine any more is gone, with a reason', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const { limits } = server.engine.only().spec
  const spec: SessionSpec = {
    session: 'feedfeedfeedfeed',
    lab,
    learner: 'x',
    created_at: 0,
    seed: 1,
    nodes: 1,
    network: 'none',
    limits,
    folder: 'work',
  }
  server.engine.plant(spec)
  server.engine.sessions.delete(id)
  await server.reopen()
  expect(server.engine.sessions.size).toBe(0)
  const gone = await eventually(async () => {
    const answer = await learner.request('GET', `/api/sessions/${id}`)
    return answer.status === 410 && answer
  })
  expect(gone.body).toMatchObject({
    error: { code: 'SESSION_ENDED', message: expect.stringMatching(/not running any more/) as string },
  })
})

test('a start that the old server could not finish is begun again by the new one', async () => {
  await using server = await openTestApp()
  let stuck = true
  server.engine.onStart = (_spec, signal) =>
    stuck
      ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      : Promise.resolve()
  const learner = createLearner(server.url)
  const { body } = await learner.request<SessionView>('POST', '/api/sessions', { lab })
  await eventually(() => server.engine.started.length)
  await server.app.close()
  stuck = false
  await server.reopen()
  await eventually(async () => (await learner.session(body.id)).state === 'ready')
})

test('what was overdue while no server ran is ended, and its work kept', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const terminal = await learner.terminal(id)
  terminal.type('echo work\r')
  await terminal.waitFor('work\r\n')
  await server.app.close()
  server.travel(2 * 3_600_000)
  await server.reopen()
  await eventually(() => server.engine.removed.includes(id))
  const view = await eventually(async () => {
    const { body } = await learner.request<LabView>('GET', `/api/labs/${lab}`)
    return body.kept && body
  })
  expect(view.kept?.bytes).toBe(1024)
})

test('nodes that died while no server ran are made anew, and the learner is told', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  server.engine.node(id).die()
  await server.reopen()
  await eventually(async () => (await learner.session(id)).state === 'ready')
  const events = await learner.events(id)
  await events.find((e) => e.type === 'error' && e.message.includes('began anew'))
})

test('the engine is away for a moment: the pane says so, the shell is the same', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const events = await learner.events(id)
  const terminal = await learner.terminal(id)
  await terminal.waitFor('# ')
  server.engine.setUp(false)
  await events.find((e) => e.type === 'engine' && !e.up)
  expect(await learner.request('GET', '/api/health')).toMatchObject({
    status: 503,
    body: { error: { code: 'ENGINE_UNAVAILABLE' } },
  })
  expect(await learner.request('POST', `/api/sessions/${id}/reset`)).toMatchObject({ status: 503 })
  expect(await createLearner(server.url).request('POST', '/api/sessions', { lab })).toMatchObject({
    status: 503,
    body: { error: { code: 'ENGINE_UNAVAILABLE' } },
  })
  server.engine.setUp(true)
  await events.find((e) => e.type === 'engine' && e.up)
  await eventually(() => {
    terminal.type('echo again\r')
    return terminal.text.includes('again\r\n')
  })
  expect(server.engine.started).toEqual([id])
})

test('the engine is away for more than a minute: a terminal says so, and is there again with it', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const terminal = await learner.terminal(id)
  await terminal.waitFor('# ')
  server.engine.setUp(false)
  let code: number | undefined
  void terminal.closed.then((closed) => (code = closed))
  // Bit by bit: the minute begins when it is first in vain.
  for (let i = 0; i < 100 && code === undefined; i++) {
    server.travel(7000)
    await Promise.race([terminal.closed, delay(100)])
  }
  expect(code).toBe(4503)
  server.engine.setUp(true)
  const again = await learner.terminal(id, { since: terminal.offset })
  expect(again.start).toMatchObject({ offset: terminal.offset, reset: false })
})

test('the engine comes back without the nodes: the lab begins anew in place and keeps what was done', async () => {
  await using server = await openTestApp()
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  await learner.task(id, 'build', (t) => t.done)
  const terminal = await learner.terminal(id)
  await terminal.waitFor('# ')
  server.engine.setUp(false)
  server.engine.node(id).die()
  server.engine.onNode = (node) => node.answers.set('/done', [])
  server.engine.setUp(true)
  await eventually(() => server.engine.started.length === 2)
  await eventually(async () => (await learner.session(id)).state === 'ready')
  expect((await learner.session(id)).tasks.find((t) => t.id === 'build')?.done).toBe(true)
  await eventually(() => {
    terminal.type('echo anew\r')
    return terminal.text.includes('anew\r\n')
  })
})

test('what a lab begins with is looked after again on nodes that had stopped, and on those that a crash of ours left half made', async () => {
  const setUp = { ...createSampleLab(), setup: 'docker run -d --name theirs web' }
  await using server = await openTestApp({ labs: [setUp] })
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const node = server.engine.node(id)
  const asked = () => node.executed.filter((argv) => argv.includes(setUp.setup)).map((argv) => argv.at(-1))
  await eventually(() => asked().length === 1)
  await server.reopen()
  await eventually(() => asked().length === 2)
  const events = await learner.events(id)
  server.engine.setUp(false)
  node.stopped = true
  server.engine.setUp(true)
  await events.find((e) => e.type === 'error' && e.message.includes('brings them back'))
  await eventually(() => asked().length === 3)
  expect(asked()).toEqual(['', '', 'restarted'])
})

test('a lab that was only half made when its machine went away begins anew', async () => {
  const setUp = { ...createSampleLab(), setup: 'docker run -d --name theirs web' }
  await using server = await openTestApp({ labs: [setUp] })
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const first = server.engine.node(id)
  first.onExec = () => ({ code: 75, stdout: '', stderr: '', truncated: false })
  await server.reopen()
  await eventually(() => server.engine.started.length === 2)
  await eventually(async () => (await learner.session(id)).state === 'ready')
  const events = await learner.events(id)
  await events.find((e) => e.type === 'error' && e.message.includes('begins anew'))
})

test('the server starts while the engine is away: sessions wait for it', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  server.engine.setUp(false)
  await server.reopen()
  expect(await learner.session(id)).toMatchObject({ state: 'starting', progress: 'Looking for your running lab.' })
  server.engine.setUp(true)
  await eventually(async () => (await learner.session(id)).state === 'ready')
  expect(server.engine.started).toEqual([id])
})
