/** One learner's running copy of a lab: its state, nodes, terminals and tasks. It changes only through here, and says so. */
import { chooseValues } from '@drydock/kit/catalogue'
import { fillIn, type Values } from '@drydock/kit/schema'
import type { SessionEvent, SessionState, SessionView, TerminalView } from '../contract/sessions.ts'
import type { SessionRecord } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { TaskBoard } from '../grading/task-board.ts'
import { PublishedPorts, type FoundPort } from '../preview/published-ports.ts'
import { Refusal } from '../refusal.ts'
import type { RuntimeNode, SessionSpec } from '../runtime/port.ts'
import { TerminalList } from '../terminals/terminal-list.ts'
import { Viewers } from '../terminals/viewers.ts'
import { Channel } from './channel.ts'
import { Attention } from './attention.ts'
import type { Activity } from './decide-expiry.ts'
import type { Standing } from './start-queue.ts'
import { isUsable, mayFollow } from './states.ts'

export interface SessionOptions {
  record: SessionRecord
  lab: Lab
  board: TaskBoard
  extend_ms: number
  now: () => number
  onError: (error: unknown) => void
}

export class Session {
  readonly id: string
  /** Whose it is; see `handOver`. */
  learner: string
  readonly lab: Lab
  readonly seed: number
  /** What of this lab is this learner's own. */
  readonly values: Values
  readonly createdAt: number
  /** When its learner could first work in it; null: not yet. */
  readyAt: number | null
  readonly board: TaskBoard
  readonly terminals = new TerminalList()
  readonly ports: PublishedPorts
  /** The sockets that look at it. */
  readonly viewers = new Viewers()
  readonly events: Channel<SessionEvent>
  readonly traffic: Channel<'input' | 'output'>
  /** Aborted when the session ends, for whatever reason. */
  readonly over = new AbortController()
  /** Aborted, and made anew, when it becomes another learner's: who looks at it has to show again who they are. */
  tenure = new AbortController()
  readonly activity: Omit<Activity, 'hidden'>
  readonly attention: Attention
  extensionsLeft: number
  /** Counts the machines that this session has had: shells of an earlier one are gone for good. */
  generation = 0
  /** The learner typed something: there may be work worth keeping. */
  touched = false
  /** Its learner left for good: nothing of it is kept. */
  forgotten = false
  /** What the learner must be told about the past of this session, until they go on working in it. */
  notice: string | null = null
  /** What idle time says about the end, when that comes before the deadline. */
  idleEnd: number | null = null
  #options: SessionOptions
  #state: SessionState = 'starting'
  #progress: string | null = null
  #standing: Standing | null = null
  #reason: string | null = null
  #nodes: readonly RuntimeNode[] = []
  #settingUp = false
  #ready = Promise.withResolvers<void>()

  constructor(options: SessionOptions) {
    const { record } = options
    this.#options = options
    this.id = record.id
    this.learner = record.learner
    this.lab = options.lab
    this.seed = record.seed
    this.values = chooseValues(options.lab.manifest, record.seed)
    this.ports = new PublishedPorts(options.now)
    this.createdAt = record.created_at
    this.readyAt = record.ready_at
    this.board = options.board
    this.extensionsLeft = record.extensions_left
    this.events = new Channel(options.onError)
    this.traffic = new Channel(options.onError)
    this.activity = { readyAt: 0, trafficAt: 0, busyAt: 0, keptUntil: 0, deadline: record.deadline ?? 0 }
    this.attention = new Attention(() => (this.activity.busyAt = options.now()), options.now)
    this.#ready.promise.catch(() => undefined)
  }

  get state(): SessionState {
    return this.#state
  }
  get reason(): string | null {
    return this.#reason
  }
  get nodes(): readonly RuntimeNode[] {
    return this.#nodes
  }
  get deadline(): number | null {
    return this.activity.deadline || null
  }

  spec(): SessionSpec {
    const { nodes, limits, network, folder } = this.lab.manifest
    const { id, learner, seed, createdAt } = this
    return { session: id, lab: this.lab.id, learner, created_at: createdAt, seed, nodes, limits, network, folder }
  }

  /** What is going on while it starts. */
  tellProgress(progress: string, standing: Standing | null = null): void {
    this.#progress = progress
    this.#standing = standing
    this.announce()
  }

  /** It goes on as another learner's: two of them turned out to be one person. */
  handOver(learner: string): void {
    this.learner = learner
    const { tenure } = this
    this.tenure = new AbortController()
    tenure.abort()
  }

  /** The clock was set: how long there is left stays as it was. */
  moveTimes(ms: number): void {
    const { activity } = this
    activity.readyAt += ms
    activity.trafficAt += ms
    activity.busyAt += ms
    if (activity.keptUntil) activity.keptUntil += ms
    if (activity.deadline) activity.deadline += ms
    if (this.idleEnd !== null) this.idleEnd += ms
  }

  becomeReady(nodes: readonly RuntimeNode[], deadline: number): void {
    this.#nodes = nodes
    this.activity.readyAt = this.#options.now()
    this.readyAt ??= this.activity.readyAt
    this.activity.deadline = deadline
    this.#move('ready')
    this.#ready.resolve()
  }

  /** Its nodes are made anew: terminals and whoever else needs a node waits for them. */
  beginAnew(progress: string): void {
    this.#nodes = []
    this.ports.replace([])
    this.#settingUp = false
    this.generation++
    this.#ready = Promise.withResolvers()
    this.#ready.promise.catch(() => undefined)
    this.#progress = progress
    this.#move('starting')
  }

  setExpiring(expiring: boolean): void {
    this.#move(expiring ? 'expiring' : 'ready')
  }

  beginStopping(reason: string): void {
    this.#reason = reason
    this.#move('stopping')
    this.#finish()
  }

  fail(reason: string): void {
    this.#reason = reason
    this.#nodes = []
    this.#move('failed')
    this.#finish()
  }

  becomeGone(): void {
    this.#nodes = []
    this.#move('gone')
  }

  /** Resolves with the nodes as soon as there are any; rejects with `SESSION_ENDED` when there never will be. */
  async whenReady(): Promise<readonly RuntimeNode[]> {
    if (!isUsable(this.#state) && this.#state !== 'starting') throw this.#ended()
    await this.#ready.promise
    return this.#nodes
  }

  /** Bytes went through one of its terminals, from or to the learner. */
  noteTraffic(direction: 'input' | 'output'): void {
    this.activity.trafficAt = this.#options.now()
    if (direction === 'input') {
      this.touched = true
      this.notice = null
    }
    this.traffic.publish(direction)
  }

  /** The same nodes, reached anew after the engine was away. */
  replaceNodes(nodes: readonly RuntimeNode[]): void {
    this.#nodes = nodes
  }

  /** What its nodes publish now. */
  setPorts(ports: readonly FoundPort[]): void {
    if (this.ports.replace(ports)) this.announce()
  }

  /** Its lab's `setup.sh` runs, or does not any more. */
  setSettingUp(settingUp: boolean): void {
    if (settingUp === this.#settingUp) return
    this.#settingUp = settingUp
    this.announce()
  }

  addTerminal(node: string): TerminalView {
    const terminal = this.terminals.add(node)
    this.announce()
    return terminal
  }

  renameTerminal(id: string, title: string): TerminalView {
    this.terminals.rename(id, title)
    const terminal = this.terminals.find(id)
    if (!terminal) throw new Refusal('TERMINAL_UNKNOWN')
    this.announce()
    return terminal
  }

  removeTerminal(id: string): void {
    this.terminals.remove(id)
    this.announce()
  }

  /** Tells all viewers how things are now. */
  announce(): void {
    if (!this.events.heard) return
    this.events.publish({ type: 'session', now: this.#options.now(), session: this.view() })
  }

  view(): SessionView {
    const starting = this.#state === 'starting'
    const over = this.#state === 'failed' || this.#state === 'gone' || this.#state === 'stopping'
    const names = Array.from({ length: this.lab.manifest.nodes }, (_, i) => `node${i + 1}`)
    return {
      id: this.id,
      lab: this.lab.id,
      state: this.#state,
      progress: starting ? this.#progress : null,
      queue_place: starting ? (this.#standing?.place ?? null) : null,
      queue_latest: starting ? (this.#standing?.latest ?? null) : null,
      reason: over ? this.#reason : null,
      created_at: this.createdAt,
      deadline: this.#state === 'expiring' ? (this.idleEnd ?? this.deadline) : this.deadline,
      extend_ms: this.#options.extend_ms,
      extensions_left: this.extensionsLeft,
      nodes: names,
      setting_up: this.#settingUp && isUsable(this.#state),
      pager: this.#fillIn(this.lab.manifest.pager),
      texts: this.#texts(),
      terminals: this.terminals.list(),
      ports: [...this.ports.list],
      tasks: this.board.list(),
    }
  }

  #texts(): SessionView['texts'] {
    const texts = this.lab.manifest.tasks.map(({ id, goal, acts }) => [id, { goal, acts }] as const)
    const own = texts.filter(([, each]) =>
      Object.values(each).some((text) => text !== undefined && text !== fillIn(text, this.values)),
    )
    return Object.fromEntries(
      own.map(([id, { goal, acts }]) => [id, { goal: fillIn(goal, this.values), acts: this.#fillIn(acts) }]),
    )
  }

  #fillIn(text: string | undefined): string | null {
    return text === undefined ? null : fillIn(text, this.values)
  }

  #move(to: SessionState): void {
    if (!mayFollow(this.#state, to)) throw new Error(`session ${this.id} cannot go from ${this.#state} to ${to}`)
    this.#state = to
    if (to !== 'starting') this.#progress = this.#standing = null
    this.announce()
  }

  #finish(): void {
    this.over.abort(this.#ended())
    this.#ready.reject(this.#ended())
  }

  #ended(): Refusal {
    return new Refusal('SESSION_ENDED', this.#reason ?? undefined)
  }
}
