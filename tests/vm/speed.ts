/** How many times slower the machine is than this host: one piece of work, done on both. */
import { run } from '../../infra/process.ts'
import type { Machine } from './machine.ts'

/** What starting containers is made of: many short programs, and some bytes to check. Prints milliseconds. */
const work = `
began=$(date +%s%N)
i=0; while [ $i -lt 50 ]; do /bin/true; /bin/cat /proc/self/status >/dev/null; i=$((i+1)); done
head -c 4000000 /dev/zero | sha256sum >/dev/null
echo $((($(date +%s%N) - began) / 1000000))`

/** 1 for a machine as fast as this host. */
export interface Factors {
  /** By this host's clock: what our own waiting takes. */
  wall: number
  /** By the machine's own clock, which may be slower where it is emulated: what waiting in there takes. */
  own: number
}

export async function measureFactors(machine: Machine): Promise<Factors> {
  // Alternating, and the fastest of each: what else runs on this host slows both.
  const times: Record<'here' | 'wall' | 'own', number[]> = { here: [], wall: [], own: [] }
  for (let round = 0; round < 2; round++) {
    times.here.push(Number(await run('nice', ['-n', '10', 'sh', '-c', work])))
    const began = performance.now()
    times.own.push(Number((await machine.run(work, { limit_ms: 300_000 })).stdout))
    times.wall.push(performance.now() - began)
  }
  const factor = (of: number[]) => Math.max(1, Math.round((Math.min(...of) / Math.min(...times.here)) * 10) / 10)
  return { wall: factor(times.wall), own: factor(times.own) }
}
