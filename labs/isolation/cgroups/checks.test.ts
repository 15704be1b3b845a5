/** What the proof of this lab cannot arrange on its host: an engine without swap accounting, a kill that was seen too late, and a look at the wrong moment. */
import { NotFound, type CheckContext, type Node, type Outcome } from '@drydock/kit'
import { contextOf, inspected, pretendNode, printed, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const MiB = 1024 * 1024

interface World {
  state?: 'running' | 'exited'
  exitCode?: number
  oomKilled?: boolean
  memorySwap?: number
  swapLimit?: boolean
  cgroup?: '1' | '2'
  events?: ({ Action: string; exitCode?: string; id?: string } | string)[]
  log?: string
}

function lab(world: World): CheckContext {
  const { state = 'exited', exitCode = 0, oomKilled = false, memorySwap = 96 * MiB } = world
  const State = {
    ...{ Status: state, OOMKilled: oomKilled, ExitCode: exitCode, Pid: state === 'running' ? 42 : 0 },
    ...{ StartedAt: '2026-01-01T00:00:01Z', FinishedAt: '2026-01-01T00:00:02Z' },
  }
  const HostConfig = { Memory: 96 * MiB, MemorySwap: memorySwap }
  const ledger = inspected({ Name: '/ledger', State, Config: { Image: 'python:3.13-slim-trixie' }, HostConfig })
  const events = (world.events ?? []).map((each) => {
    const { Action, exitCode, id = 'ab12' } = typeof each === 'string' ? { Action: each } : each
    return JSON.stringify({ Action, Actor: { ID: id, Attributes: exitCode ? { exitCode } : {} }, timeNano: 1 })
  })
  const node1 = pretendNode({
    async get(path) {
      if (path === '/containers/ledger/json') return ledger
      if (path === '/info') return { SwapLimit: world.swapLimit ?? true, CgroupVersion: world.cgroup ?? '1' }
      if (path.startsWith('/events?')) return events.length > 0 ? `${events.join('\n')}\n` : null
      throw new Error(`not asked: ${path}`)
    },
    async exec(argv) {
      const figures = `1\n/m/memory.limit_in_bytes:${96 * MiB}\n/m/memory.usage_in_bytes:1\n/p/pids.max:max\n`
      return printed(argv[0] === 'docker' ? (world.log ?? '') : figures)
    },
  })
  return contextOf(node1)
}

const says = async (task: 'cap-memory' | 'see-oom', world: World) => {
  const outcome: Outcome = await checks[task](lab(world))
  return wordOf(outcome)
}

test('a limit on memory alone is enough where the kernel does not account swap', async () => {
  expect(await says('cap-memory', { state: 'running', memorySwap: -1 })).toBe('swap')
  expect(await says('cap-memory', { state: 'running', memorySwap: -1, swapLimit: false })).toBe('pass')
})

const killed = [{ Action: 'die', exitCode: '137' }]

test.each<[string, string, World]>([
  ['as its state says', 'pass', { exitCode: 137, oomKilled: true }],
  ['started again at once', 'pass', { state: 'running', events: ['update', 'oom', ...killed, 'start'] }],
  ['another container of this name', 'feed', { state: 'running', events: [{ Action: 'oom', id: 'old' }, ...killed] }],
  ['before there was a limit', 'feed', { state: 'running', events: ['oom', ...killed, 'start', 'update'] }],
  ['by docker kill', 'who', { exitCode: 137, events: ['start', 'kill', ...killed] }],
  ['by a signal that no engine has seen', 'who', { exitCode: 137, events: ['start', ...killed] }],
  [
    'on control groups v2, which Docker has missed',
    'pass',
    {
      exitCode: 137,
      cgroup: '2',
      events: ['start', ...killed],
      log: 'ledger is open\nbooking 1\nbooking 2\nbooking 3\n',
    },
  ],
  [
    'on control groups v2, with room left',
    'who',
    {
      exitCode: 137,
      cgroup: '2',
      events: ['start', ...killed],
      log: 'booking 1\nbooking 2\nledger is open\nbooking 1\n',
    },
  ],
])('killed at its limit: %s', async (_name, expected, world) => {
  expect(await says('see-oom', world)).toBe(expected)
})

/** A quarter of each second: at work in its first 250 ms, and looked at in the rest, unless one looks for long enough. */
async function cruncher(works: boolean): Promise<string | undefined> {
  const context = lab({ state: 'running' })
  const at = (ns: number, usage: number) =>
    `${ns}\n/c/cpu.cfs_quota_us:250000\n/c/cpu.cfs_period_us:1000000\n/c/cpuacct.usage:${usage}\n/p/pids.max:max\n/m/memory.limit_in_bytes:${MiB}\n`
  const node1: Node = {
    ...context.node1,
    async get(path) {
      if (path === '/containers/cruncher/json') return context.node1.get('/containers/ledger/json')
      throw new NotFound(path)
    },
    async exec(argv) {
      const seconds = Number(argv.at(-1))
      const used = works && seconds > 1 ? 0.25e9 : 0
      return { code: 0, stdout: `${at(0, 7)}\n${at(seconds * 1e9, 7 + used)}`, stderr: '', truncated: false }
    },
  }
  const outcome = await checks['cap-cpu']({ ...context, node1, nodes: [node1] })
  return wordOf(outcome)
}

test('a quota may count in periods of a second', async () => {
  expect(await cruncher(true)).toBe('pass')
  expect(await cruncher(false)).toBe('lost')
})
