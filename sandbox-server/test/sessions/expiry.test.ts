/** Deadline and idleness, travelling in time. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { LabView } from '../../src/contract/labs.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import { decideExpiry } from '../../src/sessions/decide-expiry.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'

const lab = 'layers/sample'
const minute = 60_000

describe('decideExpiry', () => {
  const limits = { idle_ms: 30 * minute, hidden_idle_ms: 60 * minute, warning_ms: 5 * minute }
  const activity = { readyAt: 0, trafficAt: 0, busyAt: 0, keptUntil: 0, deadline: 90 * minute, hidden: false }
  test.each([
    ['just begun', {}, 0, 'ready', 'idle', 30],
    ['quiet for 24 minutes', {}, 24, 'ready', 'idle', 30],
    ['quiet for 25 minutes', {}, 25, 'expiring', 'idle', 30],
    ['quiet for 30 minutes', {}, 30, 'end', 'idle', 30],
    ['quiet for 30 minutes in a hidden tab', { hidden: true }, 30, 'ready', 'idle', 60],
    ['quiet for 55 minutes in a hidden tab', { hidden: true }, 55, 'expiring', 'idle', 60],
    ['typing a minute ago', { trafficAt: 29 * minute }, 30, 'ready', 'idle', 59],
    ['in a class for another half hour', { keptUntil: 60 * minute }, 30, 'ready', 'idle', 60],
    ['computing a minute ago', { busyAt: 29 * minute }, 30, 'ready', 'idle', 59],
    ['busy, four minutes before the deadline', { trafficAt: 86 * minute }, 86, 'expiring', 'deadline', 90],
    ['busy, at the deadline', { trafficAt: 90 * minute }, 90, 'end', 'deadline', 90],
    ['long after both', {}, 1000, 'end', 'idle', 30],
  ] as const)('%s', (_what, change, at, verdict, cause, endsAt) => {
    const decided = decideExpiry({ ...activity, ...change }, limits, at * minute)
    expect(decided).toEqual({ verdict, cause, endsAt: endsAt * minute })
  })
})

test('a quiet session expires; asking for it by HTTP does not keep it, "more time" does and costs nothing', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const events = await learner.events(id)
  server.travel(26 * minute)
  await learner.session(id)
  await events.find((e) => e.type === 'session' && e.session.state === 'expiring')
  const { body } = await learner.request<SessionView>('POST', `/api/sessions/${id}/extend`)
  expect(body).toMatchObject({ state: 'ready', extensions_left: 3 })
  server.travel(31 * minute)
  const gone = await events.find((e) => e.type === 'session' && e.session.state === 'gone')
  expect(gone.type === 'session' && gone.session.reason).toMatch(/Nothing happened/)
})

test('a lab that computes is not idle', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const events = await learner.events(id)
  const node = server.engine.node(id)
  // The first look at the CPU clock is the mark that the second is compared with.
  await eventually(() => node.cpuAsked > 0)
  node.cpu_ms += 10 * minute
  server.travel(26 * minute)
  await eventually(() => node.cpuAsked > 1)
  server.travel(5 * minute)
  await eventually(() => node.cpuAsked > 2)
  expect((await learner.session(id)).state).toBe('ready')
  events.close()
})

test('work and finished tasks are kept, offered, and continued from; what was not touched replaces nothing', async () => {
  await using server = await openTestApp()
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const first = await learner.start(lab)
  await learner.task(first.id, 'build', (t) => t.done)
  const terminal = await learner.terminal(first.id)
  terminal.type('echo work\r')
  await terminal.waitFor('work\r\n')
  server.engine.node(first.id).archive = Buffer.alloc(2048, 'w')
  server.engine.onNode = (node) => node.answers.set('/done', [])
  await learner.end(first.id)
  const kept = await eventually(async () => (await learner.request<LabView>('GET', `/api/labs/${lab}`)).body.kept)
  expect(kept).toMatchObject({ bytes: 2048, tasks: ['build'] })

  const untouched = await learner.start(lab)
  expect(server.engine.node(untouched.id).archive).toBe(null)
  await learner.end(untouched.id)

  const resumed = await learner.start(lab, { resume: true })
  expect(server.engine.node(resumed.id).archive).toEqual(Buffer.alloc(2048, 'w'))
  expect(resumed.tasks.find((t) => t.id === 'build')?.done).toBe(true)

  await learner.end(resumed.id)
  await eventually(() => server.engine.sessions.size === 0)
  server.travel(31 * 24 * 60 * minute)
  expect((await learner.request<LabView>('GET', `/api/labs/${lab}`)).body.kept).toBe(null)
  // The archive itself goes, too.
  await eventually(async () => (await readdir(path.join(server.state, 'work'))).length === 0)
})

test('work that is too large is not kept, the tasks are', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_KEEP_WORK_SIZE: '1kB' } })
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  await learner.task(id, 'build', (t) => t.done)
  server.engine.node(id).archive = Buffer.alloc(4096)
  await learner.end(id)
  const kept = await eventually(async () => (await learner.request<LabView>('GET', `/api/labs/${lab}`)).body.kept)
  expect(kept).toMatchObject({ bytes: 0, tasks: ['build'] })
})
