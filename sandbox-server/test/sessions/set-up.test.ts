/** What a lab has running when its learner arrives: made before anything is graded, told while it lasts, made again, and what becomes of a script that fails. */
import { fail, pass } from '@drydock/kit'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import { eventually, FakeEngine } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab } from '../test-labs.ts'

const id = 'layers/prepared'

test('setup.sh runs before anything is graded, again after a reset; the prompt does not wait for it, and the learner is told', async () => {
  let graded = 0
  const gate = Promise.withResolvers<void>()
  const engine = new FakeEngine()
  engine.onNode = (node) => {
    node.onExec = async () => {
      await gate.promise
      return { code: 0, stdout: '', stderr: '', truncated: false }
    }
  }
  const lab = createLab(id, { tasks: [{ id: 'a', goal: 'A.' }] }, { a: async () => (graded++, pass()) })
  await using server = await openTestApp({ engine, labs: [{ ...lab, setup: 'docker run -d web' }] })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const terminal = await learner.terminal(session.id)
  await terminal.waitFor('# ')
  expect(engine.node(session.id).executed[0]).toContain('docker run -d web')
  expect(graded).toBe(0)
  expect((await learner.session(session.id)).setting_up).toBe(true)
  gate.resolve()
  await learner.task(session.id, 'a', (t) => t.done)
  expect((await learner.session(session.id)).setting_up).toBe(false)
  const reset = await learner.request<SessionView>('POST', `/api/sessions/${session.id}/reset`)
  expect(reset.body.tasks[0]).toMatchObject({ done: false, outcome: null })
  await learner.task(session.id, 'a', (t) => t.done)
  expect(engine.started).toHaveLength(2)
  expect(engine.node(session.id).executed[0]).toContain('docker run -d web')
})

test('a reset while it is being set up does not wait for it; the learner is told about the new machine, and only until that one is done', async () => {
  const gates: PromiseWithResolvers<void>[] = []
  const engine = new FakeEngine()
  engine.onNode = (node) => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    node.onExec = async () => {
      await gate.promise
      return { code: 0, stdout: '', stderr: '', truncated: false }
    }
  }
  const lab = createLab(id, { tasks: [{ id: 'a', goal: 'A.' }] }, { a: async () => pass() })
  await using server = await openTestApp({ engine, labs: [{ ...lab, setup: 'docker run -d web' }] })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  const told = async () => (await learner.session(session.id)).setting_up
  await eventually(told)
  await learner.request('POST', `/api/sessions/${session.id}/reset`)
  await eventually(async () => gates.length === 2 && (await told()))
  // What the machine that is gone has to say changes nothing.
  gates[0]?.resolve()
  await learner.terminal(session.id)
  expect(await told()).toBe(true)
  gates[1]?.resolve()
  await learner.task(session.id, 'a', (t) => t.done)
  expect(await told()).toBe(false)
})

test('a setup.sh that fails fails the session, with a reason that a person can read and nothing left', async () => {
  let graded = 0
  const engine = new FakeEngine()
  const wrong = (argv: readonly string[]) => ({
    code: argv.includes('docker run -d web') ? 3 : 0,
    stdout: '',
    stderr: 'no such image',
    truncated: false,
  })
  engine.onNode = (node) => void (node.onExec = wrong)
  const lab = createLab(id, { tasks: [{ id: 'a', goal: 'A.' }] }, { a: async () => (graded++, pass()) })
  await using server = await openTestApp({ engine, labs: [{ ...lab, setup: 'docker run -d web' }] })
  const learner = createLearner(server.url)
  const { body: session } = await learner.request<SessionView>('POST', '/api/sessions', { lab: id })
  const failed = await eventually(async () => {
    const found = await learner.session(session.id)
    return found.state === 'failed' && found
  })
  expect(failed.reason).toContain('What this lab begins with could not be made.')
  expect(failed.reason).not.toContain('no such image')
  await eventually(() => engine.sessions.size === 0)
  expect(graded).toBe(0)
  // It is no dead end: the lab can be started again.
  engine.onNode = () => undefined
  await learner.start(id)
})

test('a setup.sh that was cut off is run again, and no failure of the lab', async () => {
  let runs = 0
  const engine = new FakeEngine()
  engine.onNode = (node) => {
    node.onExec = (argv) => {
      const cut = argv.includes('docker run -d web') && ++runs === 1
      return { code: cut ? -1 : 0, stdout: '', stderr: '', truncated: false }
    }
  }
  const lab = createLab(
    id,
    { tasks: [{ id: 'a', goal: 'A.' }] },
    { a: async () => (runs === 2 ? pass() : fail({ expected: '2', observed: '1' })) },
  )
  await using server = await openTestApp({ engine, labs: [{ ...lab, setup: 'docker run -d web' }] })
  const learner = createLearner(server.url)
  const session = await learner.start(id)
  await learner.task(session.id, 'a', (t) => t.done)
})
