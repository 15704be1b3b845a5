/** Protects: a killed server costs a learner nothing. The shell, its variables, its files and its output are there again, and no process or node is left over. */
import { expect, test } from 'vitest'
import type { LabView } from '@drydock/sandbox-server/contract'
import type { Instance } from '../../infra/instance.ts'
import { startPlatform } from '../harness/platform.ts'
import { oneNode, plantLabs, threeNodes } from '../harness/planted-labs.ts'
import { nodesOf, traceSession } from '../harness/traces.ts'
import { lifecycleRounds } from './lifecycle-rounds.ts'

const lab = 'architecture/first-commands'

/** Everything of a session is gone within ten seconds of its end. */
async function gone(instance: Instance, session: string): Promise<void> {
  await expect.poll(() => nodesOf(instance, session), { timeout: 10_000 }).toEqual([])
}

test('server, engine and nodes killed in mid-session, twenty times', { timeout: 500_000 }, async () => {
  using labs = plantLabs()
  await using platform = await startPlatform({ env: { DRYDOCK_LABS: labs.folder } })
  const said: string[] = []
  const result = await lifecycleRounds(platform, { rounds: 20, seed: 4, progress: (text) => said.push(text) })
  expect(result, said.join('\n')).toEqual({ lost: 0, repeated_or_missing: 0, left_attached: 0, leaked: 0 })
})

test('ten seconds after its end nothing of a session is left but kept work', { timeout: 120_000 }, async () => {
  using labs = plantLabs()
  await using platform = await startPlatform({ env: { DRYDOCK_LABS: labs.folder, DRYDOCK_SESSIONS_PER_LEARNER: '2' } })
  const learner = platform.learner()
  for (const lab of [oneNode, threeNodes]) {
    const { id } = await learner.start(lab)
    const terminal = await learner.terminal(id)
    await terminal.run('docker run -d --name busy busybox:1.37 sh -c "while :; do date > /x; done"; docker pause busy')
    const left = await traceSession(platform.instance, id)
    expect((await left()).length).toBeGreaterThan(5)
    await learner.end(id)
    await expect.poll(left, { timeout: 10_000 }).toEqual([])
    const { body } = await learner.request<LabView>('GET', `/api/labs/${lab}`)
    expect(body.kept?.bytes).toBeGreaterThan(0)
  }
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
