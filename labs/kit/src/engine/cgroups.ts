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
  /** `refused`: how often a process could not be made because of the limit. */
  pids: { limit: number | null; current: number; refused: number }
}

const v1 = {
  memory: ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes', 'memory.usage_in_bytes'],
  cpu: ['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.stat'],
  cpuacct: ['cpuacct.usage'],
  pids: ['pids.max', 'pids.current', 'pids.events'],
}
const v2 = [
  ...['memory.max', 'memory.swap.max', 'memory.current'],
  ...['cpu.max', 'cpu.stat', 'pids.max', 'pids.current', 'pids.events'],
]

const add = (folder: string, files: readonly string[]) =>
  `set -- "$@" ${files.map((file) => `"/sys/fs/cgroup${folder}$path/${file}"`).join(' ')}`

/**
 * Finds the files by the process's own list of groups and reads them, twice when there is a pause: all in one program,
 * because beginning one takes a busy node a tenth of a second. Exit code 3: the process is gone. `grep ''` prints file name and line.
 */
const script = `
pid=$1 pause=$2
set --
groups=$(cat "/proc/$pid/cgroup" 2>/dev/null) || exit 3
while IFS=: read -r _ names path; do
  [ -n "$names" ] || ${add('', v2)}
${Object.entries(v1)
  .map(([name, files]) => `  case ",$names," in *,${name},*) ${add(`/${name}`, files)} ;; esac`)
  .join('\n')}
done <<END
$groups
END
date +%s%N
grep -sH '' "$@"
[ "$pause" = 0 ] || { sleep "$pause"; echo; date +%s%N; grep -sH '' "$@"; }
[ -e "/proc/$pid/cgroup" ] || exit 3
`

/** Undefined when the process is gone. `sample_ms` measures CPU use over that time. */
export async function readCgroup(
  node: Node,
  pid: number,
  options: { sample_ms?: number } = {},
): Promise<Cgroup | undefined> {
  if (pid <= 0) return undefined
  const ran = await node.exec(['sh', '-c', script, 'sh', String(pid), String((options.sample_ms ?? 0) / 1000)])
  if (ran.code === 3) return undefined
  const [first = '', second] = ran.stdout.split('\n\n')
  if (!first.includes('pids.max')) throw new BadAnswer(`the cgroup of process ${pid} could not be read`)
  const now = parseFiles(first)
  const then = second === undefined ? undefined : parseFiles(second)
  const latest = then ?? now
  const cgroup = latest.lines.has('memory.limit_in_bytes') ? readV1(latest) : readV2(latest)
  if (then) cgroup.cpu.used = (usage(then) - usage(now)) / Math.max(then.at - now.at, 1)
  return cgroup
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
const refused = (r: Reading) => Number(value(r, 'pids.events')?.match(/^max (\d+)$/)?.[1] ?? 0)
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
    pids: { limit: limit(value(r, 'pids.max')), current: number(r, 'pids.current'), refused: refused(r) },
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
    pids: { limit: limit(value(r, 'pids.max')), current: number(r, 'pids.current'), refused: refused(r) },
  }
}
