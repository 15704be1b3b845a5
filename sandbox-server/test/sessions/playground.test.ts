/** The playground: sessions of one to three empty nodes, with everything that a lab has but tasks. */
import { expect, test } from 'vitest'
import { playgrounds } from '@drydock/kit/playground'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { LabView, SessionView } from '../../src/contract/index.ts'
import { addPlaygrounds } from '../../src/grading/add-playgrounds.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleLab } from '../test-labs.ts'

const sample = createSampleLab()
const labs = [...addPlaygrounds(new Map([[sample.id, sample]])).values()]

test.each([1, 2, 3])(
  '%i empty nodes: no task, no start files, a prompt on each, more time, and an end',
  async (count) => {
    await using server = await openTestApp({ labs })
    const learner = createLearner(server.url)
    const id = playgrounds[count - 1]?.id ?? ''
    const view = await learner.request<LabView>('GET', `/api/labs/${id}`)
    expect(view.body).toMatchObject({
      kind: 'playground',
      nodes: count,
      tasks: [],
      available: { state: 'ready' },
      kept: null,
    })
    const session = await learner.start(id)
    expect(session.nodes).toHaveLength(count)
    expect(session.tasks).toEqual([])
    expect(server.engine.node(session.id).archive).toBe(null)
    for (const node of session.nodes) {
      const opened = await learner.request('POST', `/api/sessions/${session.id}/terminals`, { node })
      expect(opened.status).toBe(201)
    }
    const longer = await learner.request<SessionView>('POST', `/api/sessions/${session.id}/extend`)
    expect((longer.body.deadline ?? 0) - (session.deadline ?? 0)).toBe(session.extend_ms)
    await learner.end(session.id)
    await eventually(() => server.engine.sessions.size === 0)
  },
)

test('what was made in it is kept, and what is asked about tasks is refused', async () => {
  await using server = await openTestApp({ labs })
  const learner = createLearner(server.url)
  const id = playgrounds[0]?.id ?? ''
  const first = await learner.start(id)
  for (const [method, path, body] of [
    ['POST', 'tasks/build/check', undefined],
    ['POST', 'tasks/build/hints', undefined],
    ['GET', 'tasks/build/solution', undefined],
    ['POST', 'continue', { task: 'build' }],
  ] as const) {
    const answer = await learner.request(method, `/api/sessions/${first.id}/${path}`, body)
    expect([path, answer.status]).toEqual([path, 404])
  }
  expect((await learner.request('GET', `/api/sessions/${first.id}/debrief`)).status).toBe(404)
  const terminal = await learner.terminal(first.id)
  terminal.type('echo work\r')
  await terminal.waitFor('work\r\n')
  server.engine.node(first.id).archive = Buffer.alloc(2048, 'w')
  await learner.end(first.id)
  const kept = await eventually(async () => (await learner.request<LabView>('GET', `/api/labs/${id}`)).body.kept)
  expect(kept).toMatchObject({ bytes: 2048, tasks: [] })
  const resumed = await learner.start(id, { resume: true })
  expect(server.engine.node(resumed.id).archive).toEqual(Buffer.alloc(2048, 'w'))
})

test('it counts as a lab: one that runs is asked about, and a restart of the server finds it again', async () => {
  await using server = await openTestApp({ labs })
  const learner = createLearner(server.url)
  const id = playgrounds[2]?.id ?? ''
  const { id: lab } = await learner.start(sample.id)
  const refused = await learner.request('POST', '/api/sessions', { lab: id })
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'SESSION_LIMIT', details: { session: lab } } } })
  const session = await learner.start(id, { replace: true })
  await server.reopen()
  const again = await eventually(async () => {
    const found = await learner.session(session.id)
    return found.state === 'ready' ? found : null
  })
  expect(again).toMatchObject({ id: session.id, nodes: ['node1', 'node2', 'node3'], tasks: [] })
})

test('no folder of an author can take its place', () => {
  const impostor = createSampleLab('playground/one')
  expect(addPlaygrounds(new Map([[impostor.id, impostor]])).get('playground/one')?.manifest.tasks).toEqual([])
})
