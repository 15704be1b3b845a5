/** A whole life of an instance beside the test's own: start, Ctrl-C, start again, bundle, stop, clean; and another on a new machine from the bundle. The host reads the same before, during and after. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../infra/cli/port.ts'
import { openInstance } from '../../infra/instance.ts'
import { repository, testInstance } from '../harness/platform.ts'
import { onFreshMachine, run } from './fresh-machine.ts'
import { findTraces, takeSnapshot } from './snapshot.ts'

const instance = openInstance(repository, `${testInstance().state}-host`)
const port = await freePort()
const env = { ...process.env, DRYDOCK_STATE: instance.state, PORT: String(port), PUBLIC_URL: '' }

function command(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = launch(args)
  return new Promise((resolve) => child.process.on('close', (code) => resolve({ code, output: child.output() })))
}

function launch(args: string[]): { process: ChildProcess; output: () => string } {
  const child = spawn('node', [path.join(repository, 'infra/drydock.mjs'), ...args], {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return { process: child, output: () => output }
}

/** Starts and resolves when the address is printed; `end` presses Ctrl-C and resolves with the exit status. */
async function start() {
  const since = performance.now()
  const child = launch(['start', '--yes'])
  const ended = new Promise<number | null>((resolve) => child.process.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.process.stderr?.on('data', () => {
      if (child.output().includes(`http://localhost:${port}`)) resolve()
    })
    void ended.then(() => reject(new Error(`start ended: ${child.output()}`)))
  })
  return {
    seconds: (performance.now() - since) / 1000,
    output: child.output,
    end: () => {
      child.process.kill('SIGINT')
      return ended
    },
  }
}

const folder = `${instance.state}-machine`
/** Not compressed, which would be most of this test's time; tar would do that, too. */
const bundle = path.join(folder, 'drydock.tar')

beforeAll(() => void mkdirSync(folder, { recursive: true }))
afterAll(async () => {
  if (existsSync(instance.state)) await command('clean', '--yes')
  await run('rm', '-rf', '--one-file-system', folder)
})

test(
  'nothing on the host changes but what carries the name of the instance, and clean removes that',
  { timeout: 1_200_000 },
  async () => {
    // What was downloaded and unpacked for the tests' own images serves here too; the rest is made anew.
    const built = path.join(testInstance().build, 'layers')
    if (existsSync(built)) {
      mkdirSync(instance.build, { recursive: true })
      execFileSync('cp', ['-al', built, instance.build])
    }
    const before = takeSnapshot(instance.name)

    const first = await start()
    expect(takeSnapshot(instance.name)).toEqual(before)
    const health = await fetch(`http://localhost:${port}/api/health`)
    expect(health.status).toBe(200)
    expect(await first.end()).toBe(0)

    const second = await start()
    // Nothing is made a second time.
    for (const step of ['Debian packages', 'Lab images', 'Site']) expect(second.output()).toContain(`· ${step}`)
    expect(second.seconds).toBeLessThan(15)
    expect(await second.end()).toBe(0)

    const bundled = await command('bundle', bundle)
    expect(bundled.code, bundled.output).toBe(0)

    const stopped = await command('stop')
    expect(stopped.code, stopped.output).toBe(0)
    expect(takeSnapshot(instance.name)).toEqual(before)

    const refused = await command('clean')
    expect(refused.output).toContain('Nothing was removed')
    expect(existsSync(instance.state)).toBe(true)

    const cleaned = await command('clean', '--yes')
    expect(cleaned.code, cleaned.output).toBe(0)
    expect(takeSnapshot(instance.name)).toEqual(before)
    expect(findTraces(instance.name, instance.state)).toEqual([])
  },
)

test('a new machine without a network runs labs from the bundle', { timeout: 600_000 }, async () => {
  // `warm` counts lab machines that have booted.
  const said = await onFreshMachine(
    path.join(folder, 'machine'),
    bundle,
    `drydock() { node_modules/node-linux-*/bin/node infra/drydock.mjs "$@"; }
     drydock start >/root/start.log 2>&1 &
     started=$!
     until curl -fs http://localhost:4600/api/health | grep -q '"warm":[1-9]'; do
       kill -0 $started || { cat /root/start.log; exit 1; }
       sleep 0.2
     done
     cat /root/start.log
     drydock stop && drydock clean --yes && echo "left: $(ls -A /opt /etc/docker)"`,
  )
  expect(said.code, said.output).toBe(0)
  expect(said.output).toContain('Drydock is at http://localhost:4600')
  // What an engine makes at fixed paths has gone with it.
  expect(said.output).toMatch(/left: \/etc\/docker:\s*\/opt:\s*$/)
})
