/** Protects: a machine that goes down in mid-session and comes up again costs learners their shells, not their labs. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { enginePid, startEngine } from '../../infra/engine/lab-engine.ts'
import type { Instance } from '../../infra/instance.ts'
import { run } from '../../infra/process.ts'
import { startPlatform, testInstance } from '../harness/platform.ts'
import { nodesOf } from '../harness/traces.ts'

// Whatever a test did, the next ones need the engine.
afterEach(() => startEngine(testInstance()))

/** Processes of this instance's engine and of all nodes: by the folder that the engine has for itself, or by its control group. */
function processesOf(instance: Instance): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
      const ours = words.includes(`${instance.run}/exec`) || groups.includes(`/${instance.name}/`)
      return /^\d+$/.test(pid) && ours ? [Number(pid)] : []
    } catch {
      return []
    }
  })
}

/** What a power cut leaves: the disk. */
async function cutPower(instance: Instance): Promise<void> {
  const all = [enginePid(instance), ...processesOf(instance)].filter((pid) => pid !== null)
  for (let left = all; left.length > 0; left = processesOf(instance)) {
    for (const pid of left)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it went with another
      }
    await delay(100)
  }
  const mounts = () =>
    readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[4] ?? '')
      .filter((at) => at.startsWith(`${instance.run}/`) || at.startsWith(`${instance.state}/`))
      .reverse()
  for (const at of mounts()) await run('umount', ['-l', at]).catch(() => undefined)
  await run('ip', ['netns', 'delete', instance.name])
  rmSync(instance.run, { recursive: true, force: true })
}

test(
  'a reboot in mid-session: the session, its files and its finished tasks are there again',
  { timeout: 240_000 },
  async () => {
    await using platform = await startPlatform({ env: { DRYDOCK_POOL_MAX: '0' } })
    const learner = platform.learner()
    const session = await learner.start('architecture/first-commands')
    const terminal = await learner.terminal(session.id)
    await terminal.run('echo still-here > ~/note; docker run --name hello busybox:1.37 echo ahoy; sync')
    await learner.task(session.id, 'hello', (task) => task.done)
    await platform.kill9()
    await cutPower(platform.instance)

    await startEngine(platform.instance)
    await platform.restart()
    await expect.poll(async () => (await learner.session(session.id)).state, { timeout: 90_000 }).toBe('ready')
    // Said until something is typed.
    const events = await learner.events(session.id)
    const told = await events.find((e) => e.type === 'error')
    expect(told.type === 'error' && told.message).toMatch(/restarted.*Your files are there/)
    events.close()
    const again = await learner.terminal(session.id)
    expect(await again.run('cat ~/note; docker ps -a --format "{{.Names}}"')).toMatch(/still-here[\s\S]*hello/)
    expect((await learner.session(session.id)).tasks.find(({ id }) => id === 'hello')?.done).toBe(true)
    await learner.end(session.id)
    await expect.poll(() => nodesOf(platform.instance, session.id), { timeout: 10_000 }).toEqual([])
  },
)
