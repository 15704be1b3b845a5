/** Looks into one running container: its processes, its namespaces beside those of the node, and what it uses of its limits. */
import { z } from 'zod'
import { NotFound } from '@drydock/kit'
import type { XrayInside } from '../contract/xray.ts'
import { Refusal } from '../refusal.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { openQuestions, readable } from './node-answers.ts'

/** Bytes. */
const maxAnswer = 65_536
const maxProcesses = 40

const state = z.object({ State: z.object({ Pid: z.int().min(0) }) })
const amount = z.number().min(0).catch(0)
const stats = z.object({
  memory_stats: z
    .object({
      usage: amount,
      stats: z
        .object({ inactive_file: amount, total_inactive_file: amount })
        .catch({ inactive_file: 0, total_inactive_file: 0 }),
    })
    .catch({ usage: 0, stats: { inactive_file: 0, total_inactive_file: 0 } }),
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: amount }),
    throttling_data: z
      .object({ periods: amount, throttled_periods: amount })
      .catch({ periods: 0, throttled_periods: 0 }),
  }),
  pids_stats: z.object({ current: amount }).catch({ current: 0 }),
})
const top = z.object({ Titles: z.array(z.string()).max(20), Processes: z.array(z.array(z.string()).max(20)).max(5000) })

/** The first process of the node stands for the node. */
const namespaces =
  'for n in cgroup ipc mnt net pid user uts; do echo "$n $(readlink "/proc/1/ns/$n") $(readlink "/proc/$1/ns/$n")"; done'

/** `id`: digits, at least twelve. */
export async function lookInside(
  node: Pick<RuntimeNode, 'name' | 'request' | 'exec'>,
  id: string,
  now: () => number,
): Promise<XrayInside> {
  const ask = openQuestions(node)
  try {
    const { Pid } = state.parse(await ask(`/containers/${id}/json`, maxAnswer)).State
    if (Pid === 0) return { namespaces: [], processes: [], use: null }
    const used = stats.parse(await ask(`/containers/${id}/stats?stream=false&one-shot=true`, maxAnswer))
    const { usage, stats: memory } = used.memory_stats
    const said = await node.exec(['sh', '-c', namespaces, 'namespaces', String(Pid)], { cwd: '/', timeout_ms: 3000 })
    return {
      namespaces: readNamespaces(said.stdout),
      processes: readProcesses(top.parse(await ask(`/containers/${id}/top`, maxAnswer))),
      use: {
        at: now(),
        // As `docker stats` does it: what the kernel would give back at once does not count.
        memory: Math.max(0, usage - (memory.total_inactive_file || memory.inactive_file)),
        cpu_ns: used.cpu_stats.cpu_usage.total_usage,
        periods: used.cpu_stats.throttling_data.periods,
        held_back: used.cpu_stats.throttling_data.throttled_periods,
        pids: used.pids_stats.current,
      },
    }
  } catch (error) {
    if (error instanceof NotFound) throw new Refusal('NOT_FOUND', 'This container is not there any more.')
    throw new Refusal('ENGINE_UNAVAILABLE', `The Docker Engine of ${node.name} does not answer as expected.`)
  }
}

function readNamespaces(said: string): XrayInside['namespaces'] {
  return said
    .slice(0, 4096)
    .split('\n')
    .slice(0, 10)
    .flatMap((line) => {
      const [, kind, outside, inside] = /^([a-z]{2,10}) [a-z]+:\[(\d{1,20})\] [a-z]+:\[(\d{1,20})\]$/.exec(line) ?? []
      return kind && outside && inside ? [{ kind, node: outside, container: inside }] : []
    })
}

function readProcesses({ Titles, Processes }: z.infer<typeof top>): XrayInside['processes'] {
  const column = (...names: string[]) => Titles.findIndex((title) => names.includes(title))
  const [pid, user, command] = [column('PID'), column('UID', 'USER'), column('CMD', 'COMMAND')]
  return Processes.slice(0, maxProcesses).map((row) => ({
    pid: Math.min(Math.max(0, Math.trunc(Number(row[pid])) || 0), 2 ** 31),
    user: readable(row[user] ?? '', 40),
    command: readable(row[command] ?? '', 120),
  }))
}
