/** Grading in a running session: triggers, order, acting checks, hostile answers, crashes of ours. */
import { pass, fail, type Checks, type Outcome } from '@drydock/kit'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { HintsView, TaskState } from '../../src/contract/sessions.ts'
import { eventually, FakeEngine } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab } from '../test-labs.ts'

const id = 'layers/graded'
type Shape = Parameters<typeof createLab>[1]

async function openLab(tasks: NonNullable<Shape['tasks']>, checks: Checks) {
  const engine = new FakeEngine()
  const lab = createLab(id, { tasks }, checks)
  const server = await openTestApp({ engine, labs: [lab] })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const node = engine.node(session.id)
  return { server, learner, node, id: session.id, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

const event = (name: string, Action = 'start') => ({ Type: 'container', Action, Actor: { Attributes: { name } } })

test('checks run after engine events, after a terminal falls quiet, and not for health checks', async () => {
  let runs = 0
  await using lab = await openLab([{ id: 'a', goal: 'A.', type: 'holds' }], { a: async () => (runs++, pass()) })
  await eventually(() => runs === 1)
  for (let i = 0; i < 20; i++) lab.node.emit(event('web'))
  await eventually(() => runs === 2)
  for (let i = 0; i < 20; i++) lab.node.emit(event('web', 'exec_create: health'))
  for (const nonsense of [null, 1, 'x', [], { Actor: null }, { Action: {}, Actor: { Attributes: 'x' } }])
    lab.node.emit(nonsense)
  await eventually(() => runs >= 3)
  const before = runs
  const terminal = await lab.learner.terminal(lab.id)
  terminal.type('echo hi\r')
  await eventually(() => runs > before)
})

test('a node that floods us with events does not keep checks running without end', async () => {
  let runs = 0
  await using lab = await openLab([{ id: 'a', goal: 'A.', type: 'holds' }], { a: async () => (runs++, pass()) })
  await eventually(() => runs === 1)
  const since = performance.now()
  const flood = setInterval(() => lab.node.emit(event('web')), 1)
  await eventually(() => runs > 8)
  clearInterval(flood)
  // One round a gap of 200 ms, however fast or slow this machine is.
  expect(runs - 1).toBeLessThanOrEqual((performance.now() - since) / 200 + 1)
})

test('a check that crashes, hangs or answers nonsense is unavailable, never wrong; the others go on', async () => {
  const nonsense = { status: 'won', observed: 'x' } as unknown as Outcome
  const names = ['throws', 'throws-early', 'rejects-nothing', 'nonsense', 'too-long', 'fine'] as const
  await using lab = await openLab(
    names.map((name) => ({ id: name, goal: 'Do it.', hints: [{ id: 'known', text: 'A hint.' }] })),
    {
      throws: async () => Promise.reject(new Error('secret path')),
      'throws-early': () => {
        throw new Error('x')
      },
      'rejects-nothing': async () => Promise.reject(new Error('')),
      nonsense: async () => nonsense,
      'too-long': async () => ({ status: 'fail', expected: 'x'.repeat(5000), observed: 'y' }),
      fine: async () => fail({ expected: 'x', observed: 'y'.repeat(9000), hint: 'unknown' }),
    },
  )
  for (const name of names.slice(0, -1)) {
    const { outcome, done } = await lab.learner.task(lab.id, name, (t) => t.outcome !== null)
    expect(outcome?.status).toBe('unavailable')
    expect(JSON.stringify(outcome)).not.toContain('secret')
    expect(done).toBe(false)
  }
  const { outcome } = await lab.learner.task(lab.id, 'fine', (t) => t.outcome !== null)
  expect(outcome).toEqual({ status: 'fail', expected: 'x', observed: `${'y'.repeat(499)}…` })
})

test('once stays done, holds follows the truth, blocked names what is missing, our failure changes nothing', async () => {
  const truth = { once: true, holds: true, broken: false }
  await using lab = await openLab(
    [
      { id: 'once', goal: 'Once.' },
      { id: 'holds', goal: 'Holds.', type: 'holds', after: ['once'] },
      { id: 'last', goal: 'Last.', after: ['holds'] },
    ],
    {
      once: async () => (truth.once ? pass() : fail({ expected: 'a', observed: 'b' })),
      holds: async () => {
        if (truth.broken) throw new Error('ours')
        return truth.holds ? pass() : fail({ expected: 'a', observed: 'b' })
      },
      last: async () => fail({ expected: 'a', observed: 'b' }),
    },
  )
  const look = async (task: string, wanted: (t: TaskState) => boolean) => {
    lab.node.emit(event('x'))
    return await lab.learner.task(lab.id, task, wanted)
  }
  await look('last', (t) => t.outcome?.status === 'fail')
  truth.broken = true
  expect(await look('holds', (t) => t.outcome?.status === 'unavailable')).toMatchObject({ done: true })
  truth.broken = truth.once = truth.holds = false
  expect(await look('holds', (t) => t.outcome?.status === 'fail')).toMatchObject({ done: false })
  const last = await look('last', (t) => t.outcome?.status === 'blocked')
  expect(last.outcome).toEqual({ status: 'blocked', by: ['holds'] })
  expect((await look('once', () => true)).done).toBe(true)
})

test('an acting check runs on request alone, pauses the observing ones, and what it made is removed', async () => {
  const log: string[] = []
  const gate = Promise.withResolvers<void>()
  let scratch = ''
  await using lab = await openLab(
    [
      { id: 'seen', goal: 'Seen.', type: 'holds' },
      { id: 'acts', goal: 'Acts.', check: 'acting' },
    ],
    {
      seen: async () => (log.push('seen'), pass()),
      acts: async (context) => {
        scratch = context.scratch
        log.push('begin')
        await gate.promise
        log.push('end')
        return fail({ expected: 'a', observed: 'b' })
      },
    },
  )
  await lab.learner.task(lab.id, 'seen', (t) => t.done)
  expect((await lab.learner.session(lab.id)).tasks[1]).toMatchObject({ outcome: null, checking: false })
  const asked = await lab.learner.request<TaskState>('POST', `/api/sessions/${lab.id}/tasks/acts/check`)
  expect([asked.status, asked.body.checking]).toEqual([202, true])
  await eventually(() => log.includes('begin'))
  // Asked twice is asked once.
  await lab.learner.request('POST', `/api/sessions/${lab.id}/tasks/acts/check`)
  expect(scratch).toMatch(/^drydock-check-[0-9a-f]{6}-$/)
  lab.node.answers.set('/containers/json?all=1', [
    { Id: 'c1', Names: [`/${scratch}web`] },
    { Id: 'c2', Names: ['/mine'] },
    { Id: '../../volumes/x', Names: [`/${scratch}evil`] },
    'nonsense',
  ])
  lab.node.answers.set('/images/json', [{ RepoTags: [`${scratch}app:latest`, 'mine:1'] }, { RepoTags: null }])
  lab.node.answers.set('/networks', { not: 'a list' })
  const before = log.length
  for (let i = 0; i < 5; i++) lab.node.emit(event('web'))
  const terminal = await lab.learner.terminal(lab.id)
  terminal.type('x')
  gate.resolve()
  const state = await lab.learner.task(lab.id, 'acts', (t) => !t.checking && t.outcome !== null)
  expect(state).toMatchObject({ outcome: { status: 'fail' }, tries: 1 })
  expect(log.slice(before, before + 1)).toEqual(['end'])
  await eventually(() => log.slice(before).includes('seen'))
  expect(lab.node.deleted).toEqual([
    '/containers/c1?force=1&v=1',
    `/images/${encodeURIComponent(`${scratch}app:latest`)}?force=1&noprune=1`,
  ])
  expect(lab.node.executed.flat().join(' ')).toContain('rm -rf /tmp/drydock-check-*')
})

test('a press asks first what it waits for: what has just come true blocks nobody', async () => {
  let up = false
  const holds = (is: () => boolean) => async () => (is() ? pass() : fail({ expected: 'up', observed: 'down' }))
  await using lab = await openLab(
    [
      { id: 'up', goal: 'Up.', type: 'holds' },
      { id: 'reached', goal: 'Reached.', type: 'holds', after: ['up'] },
      { id: 'acts', goal: 'Acts.', check: 'acting', after: ['reached'] },
    ],
    { up: holds(() => up), reached: holds(() => up), acts: async () => pass() },
  )
  await lab.learner.task(lab.id, 'reached', (t) => t.outcome?.status === 'blocked')
  const press = async () => {
    await lab.learner.request('POST', `/api/sessions/${lab.id}/tasks/acts/check`)
    return await lab.learner.task(lab.id, 'acts', (t) => !t.checking && t.outcome !== null)
  }
  expect((await press()).outcome).toEqual({ status: 'blocked', by: ['reached'] })
  // Nothing tells us of it: no event, no key.
  up = true
  expect((await press()).outcome).toMatchObject({ status: 'pass' })
  expect((await lab.learner.session(lab.id)).tasks.map((t) => t.done)).toEqual([true, true, true])
})

test('what a crash of the server left of an acting check is removed by the next server, before anything is graded', async () => {
  await using lab = await openLab([{ id: 'acts', goal: 'Acts.', check: 'acting' }], { acts: async () => pass() })
  lab.node.answers.set('/containers/json?all=1', [{ Id: 'left', Names: ['/drydock-check-123456-web'] }])
  await lab.server.reopen()
  await eventually(() => lab.node.deleted.includes('/containers/left?force=1&v=1'))
  // Programs that the check had started are ended first, or they would make more.
  expect(lab.node.executed.findIndex((argv) => argv[0] === 'pkill')).toBe(0)
})

test("a node's engine that stops and comes back is told, and graded again", async () => {
  await using lab = await openLab([{ id: 'a', goal: 'A.', type: 'holds' }], {
    a: async (context) => ((await context.node1.get('/a')) === 1 ? pass() : fail({ expected: '1', observed: '0' })),
  })
  lab.node.answers.set('/a', 1)
  lab.node.emit(event('x'))
  await lab.learner.task(lab.id, 'a', (t) => t.done)
  const events = await lab.learner.events(lab.id)
  lab.node.setEngine(false)
  await events.find((e) => e.type === 'engine' && !e.up && e.message.includes('node1'))
  const stopped = await lab.learner.task(lab.id, 'a', (t) => t.outcome?.status === 'fail')
  expect(stopped.outcome).toMatchObject({ expected: 'The Docker Engine of node1 answers.' })
  lab.node.setEngine(true)
  await events.find((e) => e.type === 'engine' && e.up)
  await lab.learner.task(lab.id, 'a', (t) => t.outcome?.status === 'pass')
})

test('hints open one by one, the one that a check selected first; the solution comes with its reason', async () => {
  const hints = ['look', 'nudge', 'answer'].map((hint) => ({ id: hint, text: `Hint ${hint}.` }))
  await using lab = await openLab([{ id: 'a', goal: 'A.', hints }], {
    a: async () => fail({ expected: 'a', observed: 'b', hint: 'nudge' }),
  })
  await lab.learner.task(lab.id, 'a', (t) => t.outcome !== null)
  const url = `/api/sessions/${lab.id}/tasks/a/hints`
  const shown = async (method: string) =>
    (await lab.learner.request<HintsView>(method, url)).body.shown.map((h) => h.id)
  expect(await shown('GET')).toEqual([])
  expect(await shown('POST')).toEqual(['nudge'])
  expect(await shown('POST')).toEqual(['nudge', 'look'])
  expect(await shown('POST')).toEqual(['nudge', 'look', 'answer'])
  expect(await shown('POST')).toEqual(['nudge', 'look', 'answer'])
  expect((await lab.learner.session(lab.id)).tasks[0]?.hints_taken).toHaveLength(3)
  const progress = await lab.learner.request<{ labs: Record<string, { hints: number }> }>('GET', '/api/progress')
  expect(progress.body.labs[id]?.hints).toBe(3)
  expect(await lab.learner.request('GET', `/api/sessions/${lab.id}/tasks/a/solution`)).toMatchObject({ status: 404 })
})
