/** What the server takes of the machine while a class works: its share of one processor, and its memory at the most; over restarts too. */
import { readFileSync } from 'node:fs'
import type { Platform } from '../../harness/platform.ts'

/** Of the kernel's clock, in each second: the same on every Linux. */
const ticks = 100

/** Processor time that a process has used, in seconds. */
function used(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

const peak = (pid: number) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

/** `pause` before the server ends, `resume` when it is there again. */
export function watchServer(platform: Platform) {
  let [seconds, elapsed, most] = [0, 0, 0]
  let from = { used: used(platform.pid), at: performance.now() }
  const pause = () => {
    seconds += used(platform.pid) - from.used
    elapsed += (performance.now() - from.at) / 1000
    most = Math.max(most, peak(platform.pid))
  }
  return {
    pause,
    resume: () => void (from = { used: used(platform.pid), at: performance.now() }),
    read() {
      pause()
      return { server_cpu_share: seconds / elapsed, server_mb: most }
    },
  }
}
