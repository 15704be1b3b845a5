/** Verifies labs, several parts of their proofs at a time, and counts. */
import type { Lab } from '../catalogue/lab.ts'
import type { LabBench } from './bench.ts'
import type { Deviation, VerifyResult } from './result.ts'
import { partsOf, type VerifyOptions } from './verify-lab.ts'

/** `now`: milliseconds of any clock that does not jump. `parallel`: parts at the same time, each on nodes of its own. */
export async function verifyLabs(
  labs: readonly Lab[],
  bench: LabBench,
  options: VerifyOptions & { now: () => number; parallel: number },
): Promise<VerifyResult> {
  const began = options.now()
  const count = (of: (lab: Lab) => number) => labs.reduce((sum, lab) => sum + of(lab), 0)
  const blocks = (of: (noRun: string | undefined) => boolean) =>
    count((lab) => (lab.lesson?.items ?? []).filter((item) => item.kind === 'block' && of(item.block.noRun)).length)
  const parts = labs.flatMap((lab) => partsOf(lab, options))
  const found: Deviation[][] = []
  const spent = new Map<string, number>()
  const left = mixed(parts.length)[Symbol.iterator]()
  const work = async () => {
    // Several take from the same list, each what comes next.
    for (const i of left) {
      const part = parts[i]!
      if (options.signal?.aborted) return
      const start = options.now()
      found[i] = await part.run(bench)
      spent.set(part.lab, (spent.get(part.lab) ?? 0) + options.now() - start)
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, work))
  return {
    labs: labs.length,
    tasks: count((lab) => lab.manifest.tasks.length),
    mistakes: parts.filter(({ mistake }) => mistake?.cheat === false).length,
    cheats: parts.filter(({ mistake }) => mistake?.cheat).length,
    blocks: blocks((noRun) => noRun === undefined),
    no_run: blocks((noRun) => noRun !== undefined),
    deviations: found.flat(),
    seconds: seconds(options.now() - began),
    by_lab: Object.fromEntries([...spent].map(([id, ms]) => [id, seconds(ms)])),
  }
}

/**
 * Numbers from 0 to below `count` in an order in which neighbours are far apart: labs of one topic are alike, and those that wait for a
 * swarm or for health checks leave the processors to others. Steps of the golden section meet each number once when they have no common
 * divisor with `count`.
 */
function mixed(count: number): number[] {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let step = Math.max(1, Math.round(count * 0.618))
  while (divisor(step, count) > 1) step++
  return Array.from({ length: count }, (_, i) => (i * step) % count)
}

const seconds = (ms: number) => Math.round(ms / 100) / 10
