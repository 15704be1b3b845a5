/** What the server needs of whatever runs lab nodes. One implementation today (`docker/`); nothing outside `runtime/` knows how nodes are made. */
import type { Duplex, Readable, Writable } from 'node:stream'
import type { ExecOptions, ExecResult } from '@drydock/kit'
import type { Limits, Manifest } from '@drydock/kit/schema'

export interface SessionSpec {
  session: string
  lab: string
  learner: string
  /** Epoch ms; kept as labels on the engine, which are the truth about sessions. */
  created_at: number
  seed: number
  nodes: number
  limits: Limits
  /** What the nodes reach besides each other; see the manifest's schema. */
  network: Manifest['network']
  /** The work folder below `/root`, for example `shop`. */
  folder: string
}

/** What was found of a session. `nodes`: how many are there, running or not; `stopped`: names of those that do not run. `complete`: all its nodes are there and running. */
export interface FoundSession {
  session: string
  nodes: number
  stopped: string[]
  complete: boolean
}

/** Sessions that are alike to whatever boots their nodes ahead. */
export type NodeSet = Pick<SessionSpec, 'nodes'> & Pick<Limits, 'disk_mb'>

/** What a session takes of the host at the moment, in bytes. */
export interface Usage {
  memory: number
  disk: number
}

export interface Watcher {
  /** The connection to the lab engine is lost or comes back. */
  onEngine(up: boolean): void
  /** A node of a session has stopped, and nobody here asked for it. */
  onNodeEnd(session: string): void
}

export interface Runtime {
  /** Rejects with `RuntimeDown` when the lab engine does not answer. */
  ping(): Promise<void>
  /** `name:tag` of every image that is preloaded in nodes; empty while none are built. */
  images(): Promise<ReadonlySet<string>>
  /** Makes network and nodes; resolves when every node's own engine answers. On failure or abort everything made is removed again. */
  start(spec: SessionSpec, options: { signal: AbortSignal; progress: (text: string) => void }): Promise<RuntimeNode[]>
  /** The nodes of a session that exists: those that stopped are started again from their disks. Rejects when one cannot be. */
  open(spec: SessionSpec): Promise<RuntimeNode[]>
  /** Removes nodes, disks and network; there may be nothing, or half. */
  remove(session: string): Promise<void>
  /** All sessions of this instance of which anything is left: a node, a network, a disk. */
  list(): Promise<FoundSession[]>
  /** Boots so many sets of nodes ahead, in the background and after everything else; those that are too many go. */
  keepWarm(wishes: readonly (NodeSet & { count: number })[]): void
  /** Sets of nodes that are ready for a session. */
  readonly warm: number
  /** How many more nodes the host can carry now, those that are ready included. */
  room(): Promise<number>
  /** Why this host can never carry a session with so many nodes and these limits, for people; null when it can. */
  tooLarge(wanted: Pick<SessionSpec, 'nodes' | 'limits'>): string | null
  usage(session: string): Promise<Usage>
  /** Gives up what is under way in the background. Sessions and nodes that are ready stay. */
  close(): Promise<void>
  /** Returns how to stop. */
  watch(watcher: Watcher): () => void
}

export interface RuntimeNode {
  readonly name: string
  readonly folder: string
  /** Request to the node's own Engine API. Answers of more than `max_bytes` are refused, at most 8 MiB. Rejects with the kit's `EngineDown` and `NotFound`. */
  request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    options?: { timeout_ms?: number; max_bytes?: number },
  ): Promise<unknown>
  /** Runs a program on the node as root; output is bounded as `ExecResult` says. */
  exec(argv: readonly [string, ...string[]], options?: ExecOptions): Promise<ExecResult>
  /** The same as a stream, for what is long or lasts; `cwd` is the work folder. Whoever starts it closes it. */
  run(argv: readonly [string, ...string[]]): Promise<NodeProcess>
  /** A connection to a TCP port of the node itself; ends at once when nothing listens there. */
  dial(port: number): Promise<Duplex>
  /** Packs a folder of the node as a tar archive; rejects when it would be longer than `max_bytes`. Paths are resolved inside the node. */
  pack(folder: string, max_bytes: number): Promise<Buffer>
  /** Unpacks a tar archive into a folder of the node, made if missing; owned by root, resolved inside the node. */
  unpack(folder: string, archive: Buffer): Promise<void>
  /** Events of the node's own engine, one call an event with its parsed JSON (bounded; excess is dropped). `end` when the stream breaks, for example because the learner stopped the engine. */
  events(onEvent: (event: unknown) => void, onEnd: () => void): () => void
  /** Attaches to a terminal, made if missing. `since`: the offset up to which output was seen, null for all that is kept. */
  attach(terminal: string, options: { since: number | null; cols: number; rows: number }): Promise<TerminalStream>
  /**
   * Ids of the terminals that live on this node. `letGo`: of those who attached before that time, in ms. What was attached through
   * an engine that was killed reads no more, and a shell that somebody does not read is held back.
   */
  terminals(options?: { letGo: number | null }): Promise<string[]>
  closeTerminal(terminal: string): Promise<void>
  /** CPU time that the node and all in it have used, in milliseconds since it started. */
  cpuTime(): Promise<number>
  /** Cuts its power, as it were: all that runs on it ends at once, its disk stays. */
  stop(): Promise<void>
  /** Boots it again from its disk; resolves when its engine answers. It may run already. */
  start(): Promise<void>
}

export interface NodeProcess {
  /** Not reading holds the program back. */
  readonly stdout: Readable
  readonly stdin: Writable
  /** The last 4 KiB of standard error. */
  stderr(): string
  /** Exit code, or null when nobody can say. Call after `stdout` ended. */
  code(): Promise<number | null>
  close(): void
}

export interface TerminalStream {
  /** Where `output` begins, in bytes since the shell began, and whether it continues `since` without a gap. */
  readonly offset: number
  readonly continues: boolean
  /** Where the output ended at the moment of attaching: up to there `output` is a replay. At least `offset`. */
  readonly until: number
  /** Private modes of the screen that were set before `offset`, as numbers, negative when they were taken away: `1049` for the alternate screen. */
  readonly modes: readonly number[]
  /** The shell's bytes; not reading holds the shell back. Ends when the shell ends or the connection breaks. */
  readonly output: Readable
  /** False: the shell does not take more at the moment; wait for `drained`. */
  write(bytes: Uint8Array): boolean
  drained(): Promise<void>
  resize(cols: number, rows: number): void
  /** The shell's exit code; null when the connection broke and the shell may live on. Resolves after `output` ended. */
  readonly exited: Promise<number | null>
  /** Lets go of the terminal; the shell goes on. */
  close(): void
}

/** The lab engine does not answer. */
export class RuntimeDown extends Error {
  override name = 'RuntimeDown'
}
