/**
 * A lab engine in memory that behaves: it can be slow, never get ready, refuse, die midway and come back. Sessions live in
 * the engine, not in the runtime's handle, so that a second server finds what the first one left.
 */
import { EngineDown, NotFound, type ExecOptions, type ExecResult } from '@drydock/kit'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import {
  RuntimeDown,
  type NodeProcess,
  type NodeSet,
  type Runtime,
  type RuntimeNode,
  type SessionSpec,
  type Watcher,
} from '../src/runtime/port.ts'
import { FakeShell } from './fake-shell.ts'

const ok: ExecResult = { code: 0, stdout: '', stderr: '', truncated: false }

export class FakeNode implements RuntimeNode {
  readonly name: string
  readonly folder: string
  /** Files of the work folder: one archive as it was unpacked last. */
  archive: Buffer | null = null
  readonly shells = new Map<string, FakeShell>()
  /** Answers of the node's own engine, by path; a function may answer differently each time, or never. */
  readonly answers = new Map<string, unknown>()
  readonly deleted: string[] = []
  readonly executed: (readonly string[])[] = []
  onExec: (argv: readonly string[], options: ExecOptions) => ExecResult | Promise<ExecResult> = () => ok
  /** Programs that were started as a stream: what they are is up to the test. */
  onRun: (argv: readonly string[]) => NodeProcess = () => {
    throw new Error('nothing can be run here')
  }
  /** Port of the node to the port of this machine on which a test listens in its place. */
  readonly services = new Map<number, number>()
  cpu_ms = 0
  cpuAsked = 0
  alive = true
  /** Its engine answers; it lives on without. */
  reachable = true
  /** It does not run, and can be started again from its disk. */
  stopped = false
  /** How often it was stopped by a check. */
  powerCuts = 0
  engineUp = true
  #listeners = new Set<{ onEvent: (event: unknown) => void; onEnd: () => void }>()

  constructor(name: string, folder: string) {
    this.name = name
    this.folder = `/root/${folder}`
  }

  async request(method: string, path: string): Promise<unknown> {
    this.#requireAlive()
    if (!this.engineUp) throw new EngineDown('no engine')
    if (method === 'DELETE') return void this.deleted.push(path)
    const answer = this.answers.get(path)
    if (answer === undefined) throw new NotFound(path)
    return typeof answer === 'function' ? await (answer as () => unknown)() : answer
  }

  async exec(argv: readonly [string, ...string[]], options: ExecOptions = {}): Promise<ExecResult> {
    this.#requireAlive()
    this.executed.push(argv)
    return await this.onExec(argv, options)
  }

  async run(argv: readonly [string, ...string[]]): Promise<NodeProcess> {
    this.#requireAlive()
    return this.onRun(argv)
  }

  async dial(port: number): Promise<Duplex> {
    this.#requireAlive()
    // Port 1 takes no calls.
    return connect(this.services.get(port) ?? 1, '127.0.0.1')
  }

  async pack(_folder: string, max_bytes: number): Promise<Buffer> {
    this.#requireAlive()
    const archive = this.archive ?? Buffer.alloc(1024)
    if (archive.length > max_bytes) throw new Error('the folder is too large')
    return archive
  }

  async unpack(_folder: string, archive: Buffer): Promise<void> {
    this.#requireAlive()
    this.archive = archive
  }

  events(onEvent: (event: unknown) => void, onEnd: () => void): () => void {
    const listener = { onEvent, onEnd }
    this.#listeners.add(listener)
    if (!this.alive || !this.engineUp) setImmediate(() => this.#listeners.delete(listener) && onEnd())
    return () => void this.#listeners.delete(listener)
  }

  /** Something happened on the node's engine. */
  emit(event: unknown): void {
    for (const { onEvent } of this.#listeners) onEvent(event)
  }

  setEngine(up: boolean): void {
    this.engineUp = up
    if (up) return
    for (const listener of this.#listeners) if (this.#listeners.delete(listener)) listener.onEnd()
  }

  async attach(id: string, { since, cols, rows }: { since: number | null; cols: number; rows: number }) {
    this.#requireAlive()
    let shell = this.shells.get(id)
    if (!shell || shell.exitCode !== null) this.shells.set(id, (shell = new FakeShell()))
    return shell.attach(since, cols, rows)
  }

  async terminals(): Promise<string[]> {
    this.#requireAlive()
    return [...this.shells.keys()]
  }

  async closeTerminal(id: string): Promise<void> {
    this.shells.get(id)?.exit(129)
    this.shells.delete(id)
  }

  async cpuTime(): Promise<number> {
    this.#requireAlive()
    this.cpuAsked++
    return this.cpu_ms
  }

  async stop(): Promise<void> {
    this.#requireAlive()
    this.powerCuts++
    this.stopped = true
    this.setEngine(false)
  }

  async start(): Promise<void> {
    this.#requireAlive()
    this.stopped = false
    this.setEngine(true)
  }

  die(): void {
    this.alive = false
    this.setEngine(false)
    for (const shell of this.shells.values()) shell.breakConnections()
  }

  #requireAlive(): void {
    if (!this.alive) throw new RuntimeDown(`${this.name} is gone`)
    if (!this.reachable) throw new RuntimeDown('the engine does not answer')
  }
}

export interface FakeSession {
  spec: SessionSpec
  nodes: FakeNode[]
}

export class FakeEngine {
  readonly sessions = new Map<string, FakeSession>()
  /** Called for each session that starts, before its nodes are ready: reject, wait, or look. */
  onStart: (spec: SessionSpec, signal: AbortSignal) => Promise<void> = async () => undefined
  /** Called for each session that is removed, before it is: reject, wait, or look. */
  onRemove: (session: string) => Promise<void> = async () => undefined
  /** Called for each session whose nodes are opened again. */
  onOpen: (spec: SessionSpec) => Promise<void> = async () => undefined
  /** Called for each new node. */
  onNode: (node: FakeNode) => void = () => undefined
  readonly images = new Set(['debian:13-slim'])
  readonly started: string[] = []
  readonly removed: string[] = []
  /** Sessions that were being started at the same time, at most. */
  mostStarting = 0
  up = true
  /** What the server wants booted ahead. */
  wished: readonly (NodeSet & { count: number })[] = []
  /** More nodes that the host can carry, and why it can never carry some. */
  room = 1000
  tooLarge: string | null = null
  #starting = 0
  #watchers = new Set<Watcher>()

  only(): FakeSession {
    const [session] = this.sessions.values()
    if (!session || this.sessions.size !== 1) throw new Error(`${this.sessions.size} sessions on the engine`)
    return session
  }

  node(session: string): FakeNode {
    const node = this.sessions.get(session)?.nodes[0]
    if (!node) throw new Error(`no session ${session} on the engine`)
    return node
  }

  setUp(up: boolean): void {
    this.up = up
    for (const node of [...this.sessions.values()].flatMap(({ nodes }) => nodes)) {
      node.reachable = up
      if (!up) for (const shell of node.shells.values()) shell.breakConnections()
    }
    for (const watcher of this.#watchers) watcher.onEngine(up)
  }

  /** A node stops by itself, with all that runs on it. */
  endNode(session: string, name: string): void {
    const node = this.sessions.get(session)?.nodes.find((each) => each.name === name)
    if (!node) throw new Error(`no ${name} in session ${session}`)
    node.stopped = true
    node.setEngine(false)
    for (const shell of node.shells.values()) shell.exit(137)
    node.shells.clear()
    for (const watcher of this.#watchers) watcher.onNodeEnd(session)
  }

  /** A session that a server before ours, or nobody, has made. */
  plant(spec: SessionSpec): FakeSession {
    const names = Array.from({ length: spec.nodes }, (_, i) => `node${i + 1}`)
    const session = { spec, nodes: names.map((name) => new FakeNode(name, spec.folder)) }
    session.nodes.forEach((node) => this.onNode(node))
    this.sessions.set(spec.session, session)
    return session
  }

  createRuntime(): Runtime {
    const require = () => {
      if (!this.up) throw new RuntimeDown('the engine does not answer')
    }
    return {
      ping: async () => require(),
      images: async () => this.images,
      start: async (spec, { signal, progress }) => {
        require()
        this.started.push(spec.session)
        this.mostStarting = Math.max(this.mostStarting, ++this.#starting)
        try {
          progress('starting its Docker Engine')
          await this.onStart(spec, signal)
          signal.throwIfAborted()
          require()
          return this.plant(spec).nodes
        } finally {
          this.#starting--
        }
      },
      open: async (spec) => {
        require()
        await this.onOpen(spec)
        const nodes = this.sessions.get(spec.session)?.nodes
        if (!nodes) throw new Error('no such session')
        if (nodes.some((node) => !node.alive)) throw new Error('a node cannot be started again')
        for (const node of nodes.filter((each) => each.stopped)) await node.start()
        return nodes
      },
      remove: async (session) => {
        require()
        this.removed.push(session)
        await this.onRemove(session)
        const found = this.sessions.get(session)
        this.sessions.delete(session)
        found?.nodes.forEach((node) => node.die())
      },
      list: async () => {
        require()
        return [...this.sessions.values()].map(({ spec, nodes }) => ({
          session: spec.session,
          nodes: nodes.length,
          stopped: nodes.filter((n) => !n.alive || n.stopped).map((n) => n.name),
          complete: nodes.every((n) => n.alive && !n.stopped),
        }))
      },
      keepWarm: (wishes) => void (this.wished = wishes),
      warm: 0,
      room: async () => this.room,
      tooLarge: () => this.tooLarge,
      usage: async () => ({ memory: 50_000_000, disk: 2_000_000 }),
      close: async () => undefined,
      watch: (watcher) => {
        this.#watchers.add(watcher)
        return () => void this.#watchers.delete(watcher)
      },
    }
  }
}

type Maybe<T> = T | undefined | false | null | 0

/** Waits until it is so, at most ten seconds; looks often, because what it waits for has no event. */
export async function eventually<T>(look: () => Maybe<T> | Promise<Maybe<T>>): Promise<T> {
  const until = Date.now() + 10_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > until) throw new Error(`not within ten seconds: ${look.toString().slice(0, 200)}`)
    await delay(5)
  }
}
