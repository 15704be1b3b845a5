/** Verifies labs one after the other and counts. */
import type { Lab } from '../catalogue/lab.ts'
import type { LabBench } from './bench.ts'
import type { VerifyResult } from './result.ts'
import { verifyLab, type VerifyOptions } from './verify-lab.ts'

/** `now`: milliseconds of any clock that does not jump. */
export async function verifyLabs(
  labs: readonly Lab[],
  bench: LabBench,
  options: VerifyOptions & { now: () => number },
): Promise<VerifyResult> {
  const began = options.now()
  const count = (of: (lab: Lab) => number) => labs.reduce((sum, lab) => sum + of(lab), 0)
  const deviations = []
  for (const lab of labs) deviations.push(...(await verifyLab(lab, bench, options)))
  return {
    labs: labs.length,
    tasks: count((lab) => lab.manifest.tasks.length),
    mistakes: count((lab) => lab.mistakes.filter((m) => !m.cheat).length),
    cheats: count((lab) => lab.mistakes.filter((m) => m.cheat).length),
    deviations,
    seconds: Math.round((options.now() - began) / 100) / 10,
  }
}
