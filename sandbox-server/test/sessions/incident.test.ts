/** Going on from a later task, and what is told when an incident is over. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { debriefView, type DebriefView } from '../../src/contract/sessions.ts'
import { eventually, FakeEngine } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab } from '../test-labs.ts'
import { fail, pass, type CheckContext } from '@drydock/kit'

const id = 'layers/broken'
const hints = [{ id: 'look', text: 'Look.' }]
const debrief = {
  ...{ cause: 'Somebody turned the tap off.', fix: 'Turn the tap on again, {{side}}.' },
  ...{ prevention: 'Put a lock on the tap.', early: 'The pressure fell for days.' },
}

/** Three tasks; each is done when the node has run its step. */
function openIncident() {
  const done = async ({ node1 }: CheckContext, step: string) =>
    ((await node1.get('/ran')) as string[]).includes(step) ? pass() : fail({ expected: step, observed: 'nothing' })
  const lab = {
    ...createLab(
      id,
      {
        kind: 'incident',
        pager: 'No water on the second floor.',
        debrief,
        values: { side: { one_of: ['left', 'right'] } },
        tasks: [
          { id: 'find', goal: 'Find it.', hints },
          { id: 'calm', goal: 'Break nothing.', type: 'guard' },
          { id: 'mend', goal: 'Mend it.', type: 'holds', after: ['find'] },
          { id: 'tell', goal: 'Tell them.', after: ['mend'] },
        ],
      },
      {
        find: (lab) => done(lab, 'find'),
        calm: async () => pass(),
        mend: (lab) => done(lab, 'mend'),
        tell: (lab) => done(lab, 'tell'),
      },
    ),
    setup: 'break-it',
    solution: ['find', 'mend', 'tell'].map((task) => ({ task, node: 'node1', script: `run-${task}`, why: 'So.' })),
  }
  const engine = new FakeEngine()
  const ran: string[] = []
  let broken = ''
  engine.onNode = (node) => {
    const mine: string[] = []
    node.answers.set('/ran', () => mine)
    node.onExec = (argv) => {
      const script = argv.at(-1) ?? ''
      if (argv[4] === 'break-it') ran.push('setup')
      const step = /^run-(.*)$/.exec(script)?.[1]
      if (step === undefined) return { code: 0, stdout: '', stderr: '', truncated: false }
      ran.push(step)
      if (step === broken) return { code: 1, stdout: '', stderr: 'no', truncated: false }
      mine.push(step)
      return { code: 0, stdout: '', stderr: '', truncated: false }
    }
  }
  return { lab, engine, ran, breakStep: (step: string) => (broken = step) }
}

const event = { Type: 'container', Action: 'start', Actor: { Attributes: { name: 'x' } } }

test('a learner goes on from a later task: fresh machines, the steps before it in order, and those count as shown', async () => {
  const { lab, engine, ran } = openIncident()
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  await learner.task(session.id, 'find', (t) => t.outcome !== null)
  const before = engine.node(session.id)
  ran.length = 0
  const events = await learner.events(session.id)
  const answer = await learner.request('POST', `/api/sessions/${session.id}/continue`, { task: 'tell' })
  expect(answer).toMatchObject({ status: 200, body: { state: 'starting' } })
  await events.find((e) => e.type === 'session' && e.session.progress === 'Doing step 2 of 2 for you.')
  await learner.task(session.id, 'mend', (t) => t.done)
  expect(ran.slice(0, 3)).toEqual(['setup', 'find', 'mend'])
  expect(engine.node(session.id)).not.toBe(before)
  const tasks = (await learner.session(session.id)).tasks.map(({ id, done, shown }) => ({ id, done, shown }))
  expect(tasks.filter((t) => t.id !== 'calm')).toEqual([
    { id: 'find', done: true, shown: true },
    { id: 'mend', done: true, shown: true },
    { id: 'tell', done: false, shown: false },
  ])
  const progress = await learner.request<{ labs: Record<string, { passed: object }> }>('GET', '/api/progress')
  expect(Object.keys(progress.body.labs[id]?.passed ?? {})).toEqual(['calm'])
  events.close()

  await server.reopen()
  expect((await eventually(async () => (await learner.session(session.id)).tasks)).map((t) => t.shown)).toEqual([
    ...[true, false, true, false],
  ])
})

test('what a learner did before that task stays theirs, and what comes after begins anew', async () => {
  const { lab, engine } = openIncident()
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const ran = (await engine.node(session.id).request('GET', '/ran')) as string[]
  ran.push('find', 'mend', 'tell')
  engine.node(session.id).emit(event)
  await learner.task(session.id, 'tell', (t) => t.done)
  await learner.request('POST', `/api/sessions/${session.id}/continue`, { task: 'mend' })
  await learner.task(session.id, 'mend', (t) => t.outcome?.status === 'fail')
  const tasks = (await learner.session(session.id)).tasks
  expect(tasks.map(({ done, shown }) => ({ done, shown }))).toEqual([
    { done: true, shown: false },
    { done: true, shown: false },
    { done: false, shown: false },
    { done: false, shown: false },
  ])
})

test('a step that does not work leaves the learner where it begins, and says so', async () => {
  const { lab, engine, breakStep } = openIncident()
  breakStep('mend')
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const events = await learner.events(session.id)
  await learner.request('POST', `/api/sessions/${session.id}/continue`, { task: 'tell' })
  const told = await events.find((e) => e.type === 'error')
  expect(told).toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('Task 3 could not be done') as string,
  })
  await events.find((e) => e.type === 'session' && e.session.state === 'ready' && e.session.tasks[0]?.shown === true)
  events.close()
})

test('a learner who ends the lab meanwhile does not wait for the step', async () => {
  const { lab, engine } = openIncident()
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  engine.onNode = (node) => {
    node.onExec = (argv) =>
      argv.at(-1) === 'run-find' ? new Promise(() => undefined) : { code: 0, stdout: '', stderr: '', truncated: false }
  }
  const events = await learner.events(session.id)
  await learner.request('POST', `/api/sessions/${session.id}/continue`, { task: 'mend' })
  await events.find((e) => e.type === 'session' && e.session.progress === 'Doing step 1 of 1 for you.')
  await learner.end(session.id)
  await events.find((e) => e.type === 'session' && e.session.state === 'gone')
  expect(engine.sessions.size).toBe(0)
})

test('tasks that are not there, or sessions of others, are refused', async () => {
  const { lab, engine } = openIncident()
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const go = (who: typeof learner, body: unknown) => who.request('POST', `/api/sessions/${session.id}/continue`, body)
  expect(await go(learner, { task: 'nope' })).toMatchObject({ status: 404, body: { error: { code: 'TASK_UNKNOWN' } } })
  expect(await go(learner, {})).toMatchObject({ status: 400 })
  const other = createLearner(server.url)
  await other.labs()
  expect((await go(other, { task: 'tell' })).status).toBeGreaterThanOrEqual(400)
})

test('the debrief is told when all is done, with what was done when; not a word of it before', async () => {
  const { lab, engine } = openIncident()
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const ask = () => learner.request<DebriefView>('GET', `/api/sessions/${session.id}/debrief`)
  expect(await ask()).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
  expect(JSON.stringify([await learner.labs(), session])).not.toMatch(/tap|pressure/)
  await learner.request('POST', `/api/sessions/${session.id}/tasks/find/hints`)
  const ran = (await engine.node(session.id).request('GET', '/ran')) as string[]
  ran.push('find', 'mend')
  engine.node(session.id).emit(event)
  await learner.task(session.id, 'mend', (t) => t.done)
  expect((await ask()).status).toBe(403)
  ran.pop()
  engine.node(session.id).emit(event)
  await learner.task(session.id, 'mend', (t) => !t.done)
  ran.push('mend', 'tell')
  engine.node(session.id).emit(event)
  await learner.task(session.id, 'tell', (t) => t.done)
  const { body, status } = await eventually(async () => {
    const answer = await ask()
    return answer.status === 200 && answer.body.timeline.some((deed) => deed.kind === 'finished') && answer
  })
  expect(status).toBe(200)
  expect(debriefView.parse(body).fix).toMatch(/^Turn the tap on again, (left|right)\.$/)
  const told = body.timeline.filter((deed) => deed.task !== 'calm').map(({ kind, task }) => `${kind} ${task}`)
  expect(told).toEqual(['hint find', 'passed find', 'passed mend', 'lost mend', 'passed tell', 'finished null'])
  expect(body.timeline.map((deed) => deed.at)).toEqual(body.timeline.map((deed) => deed.at).toSorted((a, b) => a - b))
  expect(body.others).toBeNull()
})

test('whoever asked for all solutions is told as well; a lab that is no incident has none', async () => {
  const { lab, engine } = openIncident()
  const plain = createLab('layers/plain', {}, { only: async () => pass() })
  await using server = await openTestApp({ labs: [lab, plain], engine, env: { DRYDOCK_SESSIONS_PER_LEARNER: '2' } })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  for (const task of ['find', 'mend', 'tell'])
    await learner.request('GET', `/api/sessions/${session.id}/tasks/${task}/solution`)
  expect((await learner.request('GET', `/api/sessions/${session.id}/debrief`)).status).toBe(200)
  const other = await learner.start('layers/plain')
  expect((await learner.request('GET', `/api/sessions/${other.id}/debrief`)).status).toBe(404)
})
