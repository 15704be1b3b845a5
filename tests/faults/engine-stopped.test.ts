/** Protects: when the lab engine goes and comes back, the learner is told what happened, and goes on. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { terminalEvent, type SessionEvent } from '@drydock/sandbox-server/contract'
import { requireEngine } from '../../infra/engine/api.ts'
import { enginePid, startEngine, stopEngine } from '../../infra/engine/lab-engine.ts'
import { containerdPidFile } from '../../infra/engine/last-containerd.ts'
import { loadPrepared } from '../../infra/images/prepared.ts'
import { stopOwned } from '../../infra/engine/owned.ts'
import { startPlatform, testInstance } from '../harness/platform.ts'

const lab = 'architecture/first-commands'
/** The engines of nodes, which are told of too, end a moment before or after. */
const tells = (words: RegExp) => (event: SessionEvent) => event.type === 'engine' && words.test(event.message)

// Whatever a test did, the next ones need the engine.
afterEach(() => startEngine(testInstance()))

test('an engine that restarts: nodes live on, and so does the shell', { timeout: 120_000 }, async () => {
  await using platform = await startPlatform()
  const learner = platform.learner()
  const session = await learner.start(lab)
  const terminal = await learner.terminal(session.id)
  const shell = /^pid \d+/m.exec(await terminal.run('echo "pid $$"'))?.[0]
  const events = await learner.events(session.id)
  const goesOn = new Promise((resolve) =>
    terminal.socket.on('message', (data: Buffer, binary: boolean) => {
      const event = binary ? null : terminalEvent.parse(JSON.parse(data.toString()))
      if (event?.type === 'start') resolve(event)
    }),
  )
  await stopEngine(platform.instance)
  await events.find(tells(/^The lab engine does not answer/))
  expect((await learner.request('GET', '/api/health')).status).toBe(503)
  await startEngine(platform.instance)
  await events.find(tells(/^The lab engine answers again/))
  expect(await goesOn).toMatchObject({ reset: false })
  expect(shell).toBeTruthy()
  expect(await terminal.run('echo "pid $$"')).toContain(shell)
  events.close()
  await learner.end(session.id)
})

test(
  'an engine that stopped with its nodes: the session comes back and says what was lost',
  { timeout: 120_000 },
  async () => {
    await using platform = await startPlatform()
    const learner = platform.learner()
    const session = await learner.start(lab)
    const terminal = await learner.terminal(session.id)
    await terminal.run('echo still-here > ~/note')
    const guard = () => learner.task(session.id, 'lighthouse', (task) => task.outcome?.status === 'pass')
    await guard()
    const events = await learner.events(session.id)
    await stopOwned(platform.instance)
    await events.find(tells(/^The lab engine does not answer/))
    await startEngine(platform.instance)
    await events.find(tells(/^The lab engine answers again/), 60_000)
    // The disk is the same one: a node that starts again has its files, if not its processes.
    const read = async () => {
      const again = await learner.terminal(session.id)
      const said = await again.run('cat ~/note')
      again.close()
      return said
    }
    await expect.poll(() => read().catch(String), { timeout: 60_000 }).toContain('still-here')
    await events.find((event) => event.type === 'error' && event.message.includes('Your files are there'))
    // What the lab itself had running runs again: nobody broke the guard.
    await guard()
    events.close()
    await learner.end(session.id)
  },
)

test('what an engine was just starting when it was killed does not go on for nobody', { timeout: 60_000 }, async () => {
  const instance = testInstance()
  const { node_image } = loadPrepared(instance)!
  const wish = { Image: node_image, Entrypoint: ['sleep', '600'] }
  const made = await requireEngine(instance, 'POST', '/containers/create', { json: wish })
  const { Id } = JSON.parse(made) as { Id: string }
  await requireEngine(instance, 'POST', `/containers/${Id}/start`)
  const seen = JSON.parse(await requireEngine(instance, 'GET', `/containers/${Id}/json`)) as { State: { Pid: number } }
  process.kill(enginePid(instance)!, 'SIGKILL')
  await expect.poll(() => enginePid(instance)).toBeNull()
  // It dies between having it started and noting that it did.
  const [file] = globSync(path.join(instance.engine.data, '*/containers', Id, 'config.v2.json'))
  const noted = JSON.parse(readFileSync(file!, 'utf8')) as { State: object }
  writeFileSync(file!, JSON.stringify({ ...noted, State: { ...noted.State, Running: false, Pid: 0 } }))
  expect(existsSync(`/proc/${seen.State.Pid}`)).toBe(true)

  await startEngine(instance)
  expect(existsSync(`/proc/${seen.State.Pid}`)).toBe(false)
  await requireEngine(instance, 'DELETE', `/containers/${Id}?force=1`)
})

test('an engine that was killed takes no stranger for its containerd', { timeout: 60_000 }, async () => {
  const instance = testInstance()
  const stranger = spawn('sleep', ['600'])
  onTestFinished(() => void stranger.kill())
  const before = statSync(instance.engine.log).size
  process.kill(enginePid(instance)!, 'SIGKILL')
  await expect.poll(() => enginePid(instance)).toBeNull()
  // As when the number has been given to another process since.
  writeFileSync(containerdPidFile(instance), String(stranger.pid))

  await startEngine(instance)
  expect(readFileSync(instance.engine.log).subarray(before).toString()).not.toContain('timeout waiting for containerd')
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
})
