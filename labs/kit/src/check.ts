/** What a check is given: the nodes of the session, through bounded and read-only eyes where possible. */
import type { Outcome } from './outcome.ts'
import type { Values } from './schema.ts'

export interface ExecResult {
  /** Exit code of the program; -1 when it was cut off by the time limit. */
  code: number
  /** At most 1 MiB each, decoded as UTF-8; the rest is dropped and `truncated` is set. */
  stdout: string
  stderr: string
  truncated: boolean
}

export interface ExecOptions {
  /** Default 10 000 ms. */
  timeout_ms?: number
  stdin?: string
  /** Working directory in the node; default the lab's work folder. */
  cwd?: string
}

export interface NodePower {
  /** Cuts the node's power, as it were: all that runs on it ends at once, its disk stays. */
  stop(): Promise<void>
  /** Boots it again and waits until its engine answers. */
  start(): Promise<void>
}

/** One lab machine, seen from a check. */
export interface Node {
  /** `node1`, `node2`, … */
  readonly name: string
  /** The lab's work folder, absolute, for example `/root/shop`. */
  readonly folder: string
  /** GET on the node's own Engine API (`/containers/json?all=1`); answers parsed JSON of unknown shape, at most 8 MiB. Throws `EngineDown` when the engine does not answer and `NotFound` on 404. */
  get(path: string): Promise<unknown>
  /** Runs a program on the node, without a shell. Observing checks may only run what reads. */
  exec(argv: readonly [string, ...string[]], options?: ExecOptions): Promise<ExecResult>
  /** Text of a file on the node (absolute, or relative to the work folder), undefined when there is none; at most 1 MiB. */
  read(path: string): Promise<string | undefined>
  /** For acting checks alone; use `stopNode` and `startNode`. */
  readonly power?: NodePower
}

export interface CheckContext {
  readonly node1: Node
  /** All nodes of the session, in order. */
  readonly nodes: readonly Node[]
  /** What `values` of lab.yaml came to be for this learner, by name. */
  readonly values: Values
  /** Fixed for the session: the values follow from it. */
  readonly seed: number
  /** A name prefix for whatever an acting check makes (`drydock-check-…`); the grader removes what carries it, also after a crash. */
  readonly scratch: string
}

export type Check = (lab: CheckContext) => Promise<Outcome>

/** What `checks.ts` exports as default: one function for each task id of `lab.yaml`. */
export type Checks = Record<string, Check>

/** The node's engine does not answer: for most checks a failure to report, not an accident. */
export class EngineDown extends Error {
  override name = 'EngineDown'
}
/** The Engine API answered 404. */
export class NotFound extends Error {
  override name = 'NotFound'
}
