/** Verifies labs, several parts of their proofs at a time, and counts. */
import type { Lab } from '../catalogue/lab.ts'
import type { LabBench } from './bench.ts'
import type { Deviation, VerifyResult } from './result.ts'
import { partsOf, type Proven, type VerifyOptions } from './verify-lab.ts'

/** More parts than this that deviate are no matter of chance. */
const mostAgain = 3

/**
 * `parallel`: parts at the same time, each on nodes of its own. `again`: a few parts that were too slow or unsteady are proven a second
 * time, each alone; what then holds is named as unsteady. What must not happen even once has no second try.
 */
export async function verifyLabs(
  labs: readonly Lab[],
  bench: LabBench,
  options: VerifyOptions & { parallel: number; again?: boolean },
): Promise<VerifyResult> {
  const began = options.now()
  const count = (of: (lab: Lab) => number) => labs.reduce((sum, lab) => sum + of(lab), 0)
  const parts = labs.flatMap((lab) => partsOf(lab, options))
  const read = new Set(parts.filter(({ kind }) => kind === 'solution' || kind === 'lesson').map(({ lab }) => lab))
  const blocks = (of: (noRun: string | undefined) => boolean) =>
    count(
      ({ id, lesson }) =>
        (read.has(id) ? (lesson?.items ?? []) : []).filter((item) => item.kind === 'block' && of(item.block.noRun))
          .length,
    )
  const found: Proven[] = []
  const spent = new Map<string, number>()
  // The way of a solution with its lesson is the longest part of each lab: the last to end is a short one.
  const isLong = (i: number) => parts[i]!.kind === 'solution'
  const all = [...parts.keys()]
  const left = [...mixed(all.filter(isLong)), ...mixed(all.filter((i) => !isLong(i)))][Symbol.iterator]()
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
  const unsteady: Deviation[] = []
  const again = parts.flatMap((part, i) => (found[i]?.deviations.length ? [{ part, i }] : []))
  if (options.again && again.length <= mostAgain && again.every(({ i }) => found[i]!.excusable))
    for (const { part, i } of again) {
      if (options.signal?.aborted) break
      const second = await part.run(bench)
      if (second.deviations.length > 0) continue
      unsteady.push(...found[i]!.deviations)
      found[i] = second
    }
  return {
    labs: labs.length,
    tasks: count((lab) => lab.manifest.tasks.length),
    mistakes: parts.filter(({ kind }) => kind === 'mistake').length,
    cheats: parts.filter(({ kind }) => kind === 'cheat').length,
    alternatives: parts.filter(({ kind }) => kind === 'alternative').length,
    blocks: blocks((noRun) => noRun === undefined),
    no_run: blocks((noRun) => noRun !== undefined),
    deviations: found.flatMap(({ deviations }) => deviations),
    unsteady,
    seconds: seconds(options.now() - began),
    by_lab: Object.fromEntries([...spent].map(([id, ms]) => [id, seconds(ms)])),
  }
}

/**
 * In an order in which neighbours are far apart: labs of one topic are alike, and those that wait for a swarm or for health checks leave the
 * processors to others. Steps of the golden section meet each place once when they have no common divisor with the length.
 */
function mixed<T>(list: readonly T[]): T[] {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let step = Math.max(1, Math.round(list.length * 0.618))
  while (divisor(step, list.length) > 1) step++
  return list.map((_, i) => list[(i * step) % list.length]!)
}

const seconds = (ms: number) => Math.round(ms / 100) / 10
