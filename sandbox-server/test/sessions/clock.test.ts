/** Protects: a clock that is set while labs run ends none and keeps none for ever. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'

const lab = 'layers/sample'
const hour = 3_600_000

test.each([
  ['a day ahead', 24 * hour],
  ['half a day back', -12 * hour],
])('the clock is set %s: labs keep the time that they had left, also after a restart', async (_what, jump) => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id, deadline } = await learner.start(lab)
  const events = await learner.events(id)
  const moved = (deadline ?? 0) + jump
  server.setClock(jump)
  const event = await events.find((e) => e.type === 'session' && Math.abs((e.session.deadline ?? 0) - moved) < 30_000)
  expect(event.type === 'session' && event.session.state).toBe('ready')
  await server.reopen()
  const found = await learner.session(id)
  expect(found.state).toBe('ready')
  expect(Math.abs((found.deadline ?? 0) - moved)).toBeLessThan(30_000)
  // And time that passes still ends it.
  server.travel(2 * hour)
  await eventually(() => server.engine.sessions.size === 0)
})
