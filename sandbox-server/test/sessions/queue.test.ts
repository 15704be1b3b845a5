/** Two hundred people at once: some start, the others are told their place, nobody is forgotten. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { sessionView } from '../../src/contract/sessions.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'

const lab = 'layers/sample'

test('200 sessions asked for at once: places are told, starts are bounded, the queue moves up', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_MAX_SESSIONS: '10', DRYDOCK_PARALLEL_STARTS: '3' } })
  const learners = Array.from({ length: 200 }, () => createLearner(server.url))
  const asked = await Promise.all(learners.map((l) => l.request('POST', '/api/sessions', { lab })))
  expect(asked.every((answer) => answer.status === 201)).toBe(true)
  const ids = asked.map((answer) => sessionView.parse(answer.body).id)
  await eventually(() => server.engine.sessions.size === 10)

  const seen = await Promise.all(learners.map((l, i) => l.session(ids[i]!)))
  const waiting = seen.filter((v) => v.state === 'starting')
  expect(waiting.map((v) => v.queue_place).toSorted((a, b) => a! - b!)).toEqual(
    Array.from({ length: 190 }, (_, i) => i + 1),
  )
  expect(waiting[0]?.progress).toMatch(/places .* taken/)
  expect(server.engine.mostStarting).toBeLessThanOrEqual(3)
  const health = await learners[0]!.request('GET', '/api/health')
  expect([health.status, health.body]).toEqual([
    200,
    { status: 'ok', free: 0, queue: 190, warm: 0, maintenance: false },
  ])

  const placed = (place: number) => seen.findIndex((v) => v.queue_place === place)
  const [next, leaver, third] = [placed(1), placed(2), placed(3)]
  const running = seen.findIndex((v) => v.state === 'ready')
  await learners[leaver]!.end(ids[leaver]!)
  await learners[running]!.end(ids[running]!)
  await eventually(async () => (await learners[next]!.session(ids[next]!)).state === 'ready')
  expect((await learners[third]!.session(ids[third]!)).queue_place).toBe(1)
})

test('a queue that is too long refuses', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_MAX_SESSIONS: '1', DRYDOCK_MAX_QUEUE: '1' } })
  const [first, second, third] = [createLearner(server.url), createLearner(server.url), createLearner(server.url)]
  await first.start(lab)
  expect((await second.request('POST', '/api/sessions', { lab })).status).toBe(201)
  const refused = await third.request('POST', '/api/sessions', { lab })
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TOO_MANY' } } })
})

test('slow starts wait for one another', async () => {
  await using server = await openTestApp({ env: { DRYDOCK_PARALLEL_STARTS: '2' } })
  const gates: (() => void)[] = []
  server.engine.onStart = (_spec, signal) =>
    new Promise((resolve) => {
      gates.push(resolve)
      signal.addEventListener('abort', () => resolve())
    })
  const learners = Array.from({ length: 5 }, () => createLearner(server.url))
  for (const learner of learners) await learner.request('POST', '/api/sessions', { lab })
  await eventually(() => gates.length === 2)
  gates[0]!()
  await eventually(() => gates.length === 3)
  expect(server.engine.mostStarting).toBe(2)
})
