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
  const parts = labs.flatMap((lab) => partsOf(lab, options))
  const found: Deviation[][] = []
  const left = parts.entries()
  const work = async () => {
    // Several take from the same list, each what comes next.
    for (const [i, part] of left) found[i] = await part(bench)
  }
  await Promise.all(Array.from({ length: options.parallel }, work))
  return {
    labs: labs.length,
    tasks: count((lab) => lab.manifest.tasks.length),
    mistakes: count((lab) => lab.mistakes.filter((m) => !m.cheat).length),
    cheats: count((lab) => lab.mistakes.filter((m) => m.cheat).length),
    deviations: found.flat(),
    seconds: Math.round((options.now() - began) / 100) / 10,
  }
}
