/** Protects: a killed server costs a learner nothing. The shell, its variables, its files and its output are there again, and no process or node is left over. */
import { expect, test } from 'vitest'
import type { Instance } from '../../infra/instance.ts'
import { startPlatform } from '../harness/platform.ts'
import { killRounds, nodesOf } from './kill-rounds.ts'

const lab = 'architecture/first-commands'

/** Everything of a session is gone within ten seconds of its end. */
async function gone(instance: Instance, session: string): Promise<void> {
  await expect.poll(() => nodesOf(instance, session), { timeout: 10_000 }).toEqual([])
}

test('kill -9 in mid-session, ten times', { timeout: 180_000 }, async () => {
  await using platform = await startPlatform()
  const before = await nodesOf(platform.instance)
  expect(await killRounds(platform, 10, () => undefined)).toEqual({ lost: 0, repeated_or_missing: 0, left_attached: 0 })
  const more = async () => (await nodesOf(platform.instance)).filter((name) => !before.includes(name))
  await expect.poll(more, { timeout: 10_000 }).toEqual([])
})

test('what was passed before the kill is still passed', async () => {
  await using platform = await startPlatform()
  const learner = platform.learner()
  const session = await learner.start(lab)
  const terminal = await learner.terminal(session.id)
  await terminal.run('docker run --name hello busybox:1.37 echo ahoy')
  const passed = await learner.task(session.id, 'hello', (state) => state.done)
  expect(passed.outcome?.status).toBe('pass')
  await platform.kill9()
  await platform.restart()
  expect((await learner.session(session.id)).tasks.find((task) => task.id === 'hello')?.done).toBe(true)
  await learner.end(session.id)
})

test('a start that the kill interrupted leaves no node behind', { timeout: 120_000 }, async () => {
  await using platform = await startPlatform()
  const learner = platform.learner()
  const made = await learner.request<{ id: string }>('POST', '/api/sessions', { lab })
  expect(made.status).toBe(201)
  await platform.kill9()
  await platform.restart()
  // Either it was finished before the kill and lives, or it is gone with a reason; it never hangs between.
  const answer = await learner.request<{ state?: string }>('GET', `/api/sessions/${made.body.id}`)
  if (answer.status === 200 && answer.body.state !== 'gone' && answer.body.state !== 'failed')
    await learner.end(made.body.id)
  await gone(platform.instance, made.body.id)
})

test('SIGTERM closes sockets with the code that makes clients come back', async () => {
  await using platform = await startPlatform()
  const learner = platform.learner()
  const session = await learner.start(lab)
  const terminal = await learner.terminal(session.id)
  const events = await learner.events(session.id)
  await platform.stop()
  expect(await terminal.closed).toBe(4503)
  expect(await events.closed).toBe(4503)
  await platform.restart()
  expect((await learner.session(session.id)).state).toBe('ready')
  await learner.end(session.id)
})
