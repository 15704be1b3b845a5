/** Grading of one session while it lives: observing checks run when triggered, acting ones on request, never both at once. */
import type { Task, Values } from '@drydock/kit/schema'
import type { Logger } from 'pino'
import type { TaskState } from '../contract/sessions.ts'
import { Refusal } from '../refusal.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { untilAborted } from './check-node.ts'
import { blocked, blockers } from './grade-lab.ts'
import { findTask, type Lab } from './lab.ts'
import { limitLog, type LimitedLog } from './limit-log.ts'
import { Observer } from './observer.ts'
import { runCheck } from './run-check.ts'
import { createScratch, removeScratch, scratchPrefix } from './scratch.ts'
import type { Recorded, TaskBoard } from './task-board.ts'
import { openTriggers, type Triggers } from './triggers.ts'

export interface SessionGradingOptions {
  lab: Lab
  values: Values
  seed: number
  board: TaskBoard
  /** A task's state is different from what viewers know. */
  onChange: (state: TaskState) => void
  /** After each outcome and before anyone is told, for whoever keeps progress. */
  onRecorded: (task: string, recorded: Recorded) => Promise<void>
  onNodeEngine: (node: string, up: boolean) => void
  /** What runs on the nodes may be different: their engines said something, or they are new. */
  onEngine?: (nodes: readonly RuntimeNode[]) => void
  /** What the engine of a node said. */
  onEvent?: (node: string, event: unknown) => void
  logger: Logger
}

/** Milliseconds after a start in which the node belongs to the first prompt; nobody has solved anything yet. */
const settle = 250

export type Preparation = (signal: AbortSignal) => Promise<void>

export class SessionGrading {
  readonly #options: SessionGradingOptions
  readonly #log: LimitedLog
  #nodes: readonly RuntimeNode[] = []
  #triggers: Triggers | undefined
  #opening: NodeJS.Timeout | undefined
  /** There was input since the nodes are there. */
  #typed = false
  #abort = new AbortController()
  #observer: Observer
  #lastAct: Promise<void> = Promise.resolve()

  constructor(options: SessionGradingOptions) {
    this.#options = options
    this.#log = limitLog(options.logger)
    this.#observer = this.#createObserver()
  }

  /**
   * The nodes are there. `leftovers`: acting checks may have been cut off on them by a crash of ours. `prepare`: what has to
   * be done on them before anything is graded. `after`: not before that, because the machine has more urgent things to do.
   */
  start(
    nodes: readonly RuntimeNode[],
    { leftovers, prepare, after }: { leftovers: boolean; prepare?: Preparation; after?: Promise<void> | undefined },
  ): void {
    const { onNodeEngine, onEngine = () => undefined, onEvent = () => undefined, lab } = this.#options
    this.#nodes = nodes
    this.#abort = new AbortController()
    this.#observer = this.#createObserver()
    const open = () => {
      this.#triggers = openTriggers({
        nodes,
        onNodeEngine,
        onTrigger: () => this.observe(),
        onEngine: () => onEngine(nodes),
        onEvent,
        ignore: (name) => name.startsWith(scratchPrefix),
      })
      if (this.#typed) this.#triggers.noteInput()
      onEngine(nodes)
      this.observe()
    }
    this.#typed = false
    const { signal } = this.#abort
    const openSoon = () => {
      if (!signal.aborted) this.#opening = setTimeout(open, settle)
    }
    if (after) {
      void after.then(openSoon)
      this.#enqueue(() => untilAborted(after, signal).catch(() => undefined))
    } else openSoon()
    const acts = lab.manifest.tasks.some((task) => task.check === 'acting')
    if (prepare) this.#enqueue(prepare)
    if (leftovers && acts) this.#enqueue(async () => this.#removeScratch())
  }

  /** The nodes go away. What runs is given up; its outcomes are not recorded. */
  async stop(): Promise<void> {
    clearTimeout(this.#opening)
    this.#triggers?.stop()
    this.#triggers = undefined
    this.#abort.abort(new Error('the session ends'))
    await Promise.all([this.#observer.stop(), this.#lastAct])
    this.#nodes = []
  }

  noteInput(): void {
    this.#typed = true
    this.#triggers?.noteInput()
  }
  noteOutput(): void {
    this.#triggers?.noteOutput()
  }

  /** Runs the observing checks soon; many wishes at once are one. */
  observe(): void {
    if (this.#triggers) this.#observer.look()
  }

  /** The learner asks for a check. The outcome comes through `onChange`. */
  check(id: string): TaskState {
    const { lab, board, onChange } = this.#options
    const task = findTask(lab, id)
    const state = board.get(id)
    if (!task || !state) throw new Refusal('TASK_UNKNOWN')
    if (this.#nodes.length === 0) throw new Refusal('SESSION_NOT_READY')
    if (task.check === 'observing') {
      this.observe()
      return state
    }
    if (state.checking || (task.type === 'once' && state.done)) return state
    const checking = board.setChecking(id, true)
    onChange(checking)
    this.#enqueue(async (signal) => this.#act(task, signal))
    return checking
  }

  #createObserver(): Observer {
    const { lab, board } = this.#options
    const { signal } = this.#abort
    return new Observer({
      tasks: lab.manifest.tasks.filter((task) => task.check === 'observing'),
      isOver: (task) => task.type === 'once' && board.isDone(task.id),
      look: (task) =>
        this.#run(task, signal).catch((error: unknown) =>
          this.#log.error({ task: task.id, err: error }, 'check could not be run'),
        ),
    })
  }

  async #act(task: Task, signal: AbortSignal): Promise<void> {
    try {
      await this.#lookAtBlockers(task, signal)
      await this.#run(task, signal)
    } finally {
      // Nodes that go away need no cleaning, and taken over ones are cleaned first.
      if (!signal.aborted) await this.#removeScratch()
      const { board, onChange } = this.#options
      if (board.get(task.id)?.checking) onChange(board.setChecking(task.id, false))
    }
  }

  /** What it waits for may have come true, or true again, since the last look: nobody is told to do first what is done. */
  async #lookAtBlockers(task: Task, signal: AbortSignal): Promise<void> {
    const { lab, board } = this.#options
    for (const id of blockers(task, (each) => board.isDone(each))) {
      const earlier = findTask(lab, id)
      if (earlier?.check !== 'observing') continue
      await this.#lookAtBlockers(earlier, signal)
      await this.#run(earlier, signal)
    }
  }

  async #run(task: Task, signal: AbortSignal): Promise<void> {
    const { lab, board, values, seed, onChange, onRecorded } = this.#options
    const check = lab.checks[task.id]
    if (!check || signal.aborted) return
    const by = blockers(task, (id) => board.isDone(id))
    const run = { check, lab: lab.id, task, nodes: this.#nodes, values, seed, scratch: createScratch(), signal }
    const outcome = by.length > 0 ? blocked(by) : await runCheck({ ...run, logger: this.#log })
    if (signal.aborted) return
    const wasDone = board.isDone(task.id)
    const recorded = board.record(task.id, outcome, Date.now())
    // Kept first: what a learner was told is done is still done after a crash.
    await onRecorded(task.id, recorded)
    if (recorded.changed) onChange(recorded.state)
    if (recorded.state.done !== wasDone) this.#observer.look(task.id)
  }

  /** One acting thing after the other, once nothing observes; until all are done, nothing observes again. */
  #enqueue(work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.#abort
    const observer = this.#observer
    const paused = observer.pause()
    this.#lastAct = this.#lastAct
      .then(() => paused)
      .then(() => (signal.aborted ? undefined : work(signal)))
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'acting check could not be run'))
      .then(() => {
        observer.resume()
        this.observe()
      })
  }

  async #removeScratch(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => removeScratch(node, this.#log)))
  }
}
