/** `labs verify`: the proof of every check, independent of how labs are run. */
export type { LabBench, LabRun, LabShell, Typed } from './bench.ts'
export { expectAfter, expectMistake, type Expected, type Expectations } from './expected.ts'
export { verifyResult, type Deviation, type VerifyResult } from './result.ts'
export { casesOf, type VerifyOptions } from './verify-lab.ts'
export { verifyLabs } from './verify-labs.ts'
