/** What graders outside of the server need: loading labs and grading them on nodes (`labs verify`). */
export { createLabGrader, type LabGrader, type LabGraderOptions } from './grade-lab.ts'
export type { Lab } from './lab.ts'
export { loadLabs, type LoadedLabs } from './load-labs.ts'
export { scratchPrefix } from './scratch.ts'
