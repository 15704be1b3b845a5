/** What the host can carry: how many more nodes now, and which could never fit. */
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import type { SessionSpec } from '../port.ts'

/** What stays for labs that grow and for the host itself. A small host keeps a quarter of its memory instead. */
const reserve = { memory: 2 * 2 ** 30, disk: 4 * 2 ** 30, processes: 1000 } as const

/**
 * What a node takes once its learner works in it. An idle one takes about 50 MB of memory, 2 MB of disk and 40 processes and
 * threads; limits bound it, and few come near them.
 */
const expected = { memory: 256 * 2 ** 20, disk: 256 * 2 ** 20, processes: 150 } as const

export interface HostRoom {
  /** More nodes that fit now; below 0 when there are too many already. */
  nodes: number
  shortOf: 'memory' | 'disk' | 'processes'
}

/** `folder`: where disks lie. */
export async function measureRoom(folder: string): Promise<HostRoom> {
  const { bavail, bsize } = await statfs(folder)
  const available = Number(/^MemAvailable:\s+(\d+) kB$/m.exec(read('/proc/meminfo'))?.[1] ?? 0) * 1024
  const memory = available - Math.min(reserve.memory, totalmem() / 4)
  return decideRoom({
    memory,
    disk: bavail * bsize - reserve.disk,
    processes: mostProcesses() - Number(/\/(\d+) /.exec(read('/proc/loadavg'))?.[1] ?? 0) - reserve.processes,
  })
}

/** `left`: what may be used of each. */
export function decideRoom(left: Record<HostRoom['shortOf'], number>): HostRoom {
  const kinds = ['memory', 'disk', 'processes'] as const
  const counts = kinds.map((shortOf) => ({ shortOf, nodes: Math.floor(left[shortOf] / expected[shortOf]) }))
  return counts.reduce((least, each) => (each.nodes < least.nodes ? each : least))
}

const mostProcesses = () =>
  Math.min(...['pid_max', 'threads-max'].map((name) => Number(read(`/proc/sys/kernel/${name}`)) || Infinity))

/** What the host has in all; see `Runtime.tooLarge`. */
export interface HostSize {
  memory_mb: number
  cpus: number
  pids: number
}

export const hostSize = (): HostSize => ({
  memory_mb: Math.floor(totalmem() / 2 ** 20),
  cpus: availableParallelism(),
  pids: mostProcesses(),
})

/** A limit that the host cannot reach is none: what the lab teaches with it would not happen. */
export function explainTooLarge(
  { nodes, limits }: Pick<SessionSpec, 'nodes' | 'limits'>,
  host: HostSize,
): string | null {
  const of = nodes === 1 ? 'its machine' : `each of its ${nodes} machines`
  const says = (what: string, has: string) =>
    `This lab asks for ${what} for ${of}, and this host has ${has}. Whoever writes the lab can lower \`limits\` in its lab.yaml.`
  if (limits.memory_mb > host.memory_mb) return says(`${limits.memory_mb} MB of memory`, `${host.memory_mb} MB`)
  if (limits.cpus > host.cpus) return says(`${limits.cpus} processors`, `${host.cpus}`)
  if (limits.pids > host.pids) return says(`${limits.pids} processes`, `room for ${host.pids}`)
  return null
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
