/** What the kernel enforces for a process of the node, read from its cgroup files: the same answer on cgroup v1 and v2. */
import type { Node } from '../check.ts'
import { BadAnswer } from './answer.ts'

/** Null is "no limit". Bytes, CPUs, processes; counters count since the cgroup was made. */
export interface Cgroup {
  version: 1 | 2
  /** `swap`: how much may be swapped on top of `limit`; null when unlimited or when the kernel does not account swap. */
  memory: { limit: number | null; swap: number | null; current: number }
  /** `used`: CPUs in use, measured over a moment; only when asked for, else undefined. */
  cpu: { limit: number | null; periods: number; throttled: number; used: number | undefined }
  pids: { limit: number | null; current: number }
}

const v1 = {
  memory: ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes', 'memory.usage_in_bytes'],
  cpu: ['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.stat'],
  cpuacct: ['cpuacct.usage'],
  pids: ['pids.max', 'pids.current'],
}
const v2 = ['memory.max', 'memory.swap.max', 'memory.current', 'cpu.max', 'cpu.stat', 'pids.max', 'pids.current']

/** Undefined when the process is gone. `sample_ms` measures CPU use over that time. */
export async function readCgroup(
  node: Node,
  pid: number,
  options: { sample_ms?: number } = {},
): Promise<Cgroup | undefined> {
  const groups = pid > 0 ? await node.read(`/proc/${pid}/cgroup`) : undefined
  if (groups === undefined) return undefined
  const paths = new Map(
    groups
      .trim()
      .split('\n')
      .map((l) => l.match(/^\d+:([^:]*):(\/.*)$/))
      .flatMap((m) => (m ? m[1]!.split(',').map((controller): [string, string] => [controller, m[2]!]) : [])),
  )
  const version = paths.has('memory') ? 1 : 2
  const files = filesOf(version, paths)
  const sample = options.sample_ms ?? 0
  // One shell, so that both readings and the pause between them cost one round trip. `grep ''` prints file name and line.
  const ran = await node.exec([
    'sh',
    '-c',
    `date +%s%N; grep -sH '' "$@"; [ ${sample} -eq 0 ] || { sleep ${sample / 1000}; echo; date +%s%N; grep -sH '' "$@"; }`,
    'sh',
    ...files,
  ])
  const [first = '', second] = ran.stdout.split('\n\n')
  if (!first.includes('pids.max')) {
    if ((await node.read(`/proc/${pid}/cgroup`)) === undefined) return undefined
    throw new BadAnswer(`the cgroup of process ${pid} could not be read`)
  }
  const now = parseFiles(first)
  const then = second === undefined ? undefined : parseFiles(second)
  const cgroup = version === 1 ? readV1(now) : readV2(now)
  if (then) cgroup.cpu.used = (usage(then) - usage(now)) / Math.max(then.at - now.at, 1)
  return cgroup
}

function filesOf(version: 1 | 2, paths: ReadonlyMap<string, string>): string[] {
  if (version === 2) return v2.map((f) => `/sys/fs/cgroup${paths.get('') ?? '/'}/${f}`)
  return Object.entries(v1).flatMap(([controller, names]) =>
    names.map((f) => `/sys/fs/cgroup/${controller}${paths.get(controller) ?? '/'}/${f}`),
  )
}

interface Reading {
  /** Nanoseconds of the node's clock. */
  at: number
  /** File name to its lines. */
  lines: Map<string, string[]>
}

function parseFiles(output: string): Reading {
  const [at = '0', ...rest] = output.trim().split('\n')
  const lines = new Map<string, string[]>()
  for (const line of rest) {
    const found = line.match(/\/([a-z_.]+):(.*)$/)
    if (found) lines.set(found[1]!, [...(lines.get(found[1]!) ?? []), found[2]!])
  }
  return { at: Number(at), lines }
}

const value = (r: Reading, file: string) => r.lines.get(file)?.[0]
const number = (r: Reading, file: string) => Number(value(r, file) ?? 0)
const stat = (r: Reading, key: string) =>
  Number(
    r.lines
      .get('cpu.stat')
      ?.find((l) => l.startsWith(`${key} `))
      ?.split(' ')[1] ?? 0,
  )
/** Nanoseconds of CPU time. */
const usage = (r: Reading) => (r.lines.has('cpuacct.usage') ? number(r, 'cpuacct.usage') : stat(r, 'usage_usec') * 1000)
const limit = (text: string | undefined) => {
  const n = text === undefined || text === 'max' ? Number.NaN : Number(text)
  // cgroup v1 says "no limit" with the largest multiple of a page.
  return Number.isFinite(n) && n < 2 ** 60 ? n : null
}

function readV1(r: Reading): Cgroup {
  const memory = limit(value(r, 'memory.limit_in_bytes'))
  const both = limit(value(r, 'memory.memsw.limit_in_bytes'))
  const quota = number(r, 'cpu.cfs_quota_us')
  return {
    version: 1,
    memory: {
      limit: memory,
      swap: both === null || memory === null ? null : both - memory,
      current: number(r, 'memory.usage_in_bytes'),
    },
    cpu: {
      limit: quota > 0 ? quota / number(r, 'cpu.cfs_period_us') : null,
      periods: stat(r, 'nr_periods'),
      throttled: stat(r, 'nr_throttled'),
      used: undefined,
    },
    pids: { limit: limit(value(r, 'pids.max')), current: number(r, 'pids.current') },
  }
}

function readV2(r: Reading): Cgroup {
  const [quota, period] = (value(r, 'cpu.max') ?? 'max').split(' ')
  return {
    version: 2,
    memory: {
      limit: limit(value(r, 'memory.max')),
      swap: limit(value(r, 'memory.swap.max')),
      current: number(r, 'memory.current'),
    },
    cpu: {
      limit: limit(quota) === null ? null : Number(quota) / Number(period),
      periods: stat(r, 'nr_periods'),
      throttled: stat(r, 'nr_throttled'),
      used: undefined,
    },
    pids: { limit: limit(value(r, 'pids.max')), current: number(r, 'pids.current') },
  }
}
