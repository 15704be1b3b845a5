/** Protects: a killed server costs a learner nothing. The shell, its variables, its files and its output are there again, and no process or node is left over. */
import { expect, test } from 'vitest'
import { callEngine } from '../../infra/engine/api.ts'
import type { Instance } from '../../infra/instance.ts'
import { startPlatform } from '../harness/platform.ts'

const lab = 'architecture/first-commands'
const pid = (said: string) => /^pid (\d+)/m.exec(said)?.[1] ?? 'none'

/** Everything of a session is gone within ten seconds of its end. */
async function gone(instance: Instance, session: string): Promise<void> {
  const names = async () => {
    const { body } = await callEngine(instance, 'GET', '/containers/json?all=1')
    return (JSON.parse(body) as { Names: string[] }[])
      .flatMap((each) => each.Names)
      .filter((name) => name.includes(session))
  }
  await expect.poll(names, { timeout: 10_000 }).toEqual([])
}

test('kill -9 in mid-session, ten times', { timeout: 180_000 }, async () => {
  await using platform = await startPlatform()
  const learner = platform.learner()
  const session = await learner.start(lab)
  let terminal = await learner.terminal(session.id)
  const shell = pid(await terminal.run('KEPT=yes; echo "pid $$"'))
  await terminal.run('echo once >> ~/rounds')
  for (let round = 1; round <= 10; round++) {
    // Killed while output is under way, and while keys are: they may be lost, but never arrive twice.
    terminal.type(`sleep 0.2; echo round-${round} >> ~/rounds\r`)
    await terminal.waitFor(`round-${round} >>`)
    const offset = terminal.offset
    await platform.kill9()
    await terminal.closed
    await platform.restart()
    expect((await learner.session(session.id)).state).toBe('ready')
    terminal = await learner.terminal(session.id, { since: offset })
    expect(terminal.start).toMatchObject({ offset, reset: false })
    const said = await terminal.run('echo "pid $$ $KEPT"')
    expect(said).toContain(`pid ${shell} yes`)
  }
  const lines = (await terminal.run('cat ~/rounds')).match(/^(once|round-\d+)$/gm)
  expect(lines).toEqual(['once', ...Array.from({ length: 10 }, (_, i) => `round-${i + 1}`)])
  // Of ten servers only the last one is still attached: its `attach`, and the holder that has the same name.
  const attached = await terminal.run('echo "count $(pgrep -c -f "term attach main")"')
  expect(Number(/^count (\d+)$/m.exec(attached)?.[1])).toBeLessThanOrEqual(2)
  terminal.close()
  await learner.end(session.id)
  await gone(platform.instance, session.id)
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
