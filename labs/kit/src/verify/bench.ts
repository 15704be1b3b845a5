/** What `verify` needs of whatever runs labs: the real engine, or a fake one in its own tests. */
import type { Lab } from '../catalogue/lab.ts'
import type { Outcome } from '../outcome.ts'

export interface LabBench {
  /** Starts a lab as a learner would find it: nodes up, files there, `setup.sh` done. */
  boot(lab: Lab, seed: number): Promise<LabRun>
}

export interface LabRun {
  /** Runs a script of the lab on a node as a learner would, in the work folder. `code` is -1 when it had to be cut off; `output` is for people. */
  runScript(node: string, script: string): Promise<{ code: number; output: string }>
  /** Runs every check as a session does: a `once` task that passed since the start or the last reset stays passed. `acting` false: leaves acting checks out. */
  grade(options?: { acting: boolean }): Promise<Record<string, Outcome>>
  /** Opens a learner's shell on a node, in the work folder. */
  openShell(node: string): Promise<LabShell>
  /** This `once` task has passed, as a session would remember it. */
  remember(task: string): void
  /** Fresh nodes, files and setup; what was passed is forgotten. */
  reset(): Promise<void>
  /** Whatever a check must not change, as text: the engine's objects, the build cache, the work folder. Equal texts, equal state. */
  fingerprint(): Promise<string>
  /** What its nodes themselves say, for whoever looks for the cause of a deviation: state and log of each engine, as text. */
  account(): Promise<string>
  /** Ends the lab. Resolves with what is still there afterwards, each in a word or two; empty is right. */
  end(): Promise<string[]>
}

export interface LabShell {
  /**
   * Types one line and waits for what the shell makes of it: `done` with the prompt back and what was to be seen meanwhile, line by line;
   * `more` when the command goes on with another line; `late` when nothing of that came in time.
   */
  type(line: string): Promise<Typed>
  close(): void
}
export type Typed =
  { state: 'done'; code: number; output: string[] } | { state: 'more' } | { state: 'late'; output: string[] }
