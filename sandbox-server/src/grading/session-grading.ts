/** Grading of one session while it lives: observing checks run when triggered, acting ones on request, never both at once. */
import type { Task } from '@drydock/kit/schema'
import type { Logger } from 'pino'
import { setTimeout as delay } from 'node:timers/promises'
import type { TaskState } from '../contract/sessions.ts'
import { Refusal } from '../refusal.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { blocked, blockers } from './grade-lab.ts'
import { findTask, type Lab } from './lab.ts'
import { limitLog, type LimitedLog } from './limit-log.ts'
import { runCheck } from './run-check.ts'
import { createScratch, removeScratch, scratchPrefix } from './scratch.ts'
import type { Recorded, TaskBoard } from './task-board.ts'
import { openTriggers, type Triggers } from './triggers.ts'

export interface SessionGradingOptions {
  lab: Lab
  seed: number
  board: TaskBoard
  /** A task's state is different from what viewers know. */
  onChange: (state: TaskState) => void
  /** After each outcome and before anyone is told, for whoever keeps progress. */
  onRecorded: (task: string, recorded: Recorded) => Promise<void>
  onNodeEngine: (node: string, up: boolean) => void
  logger: Logger
}

/** Milliseconds after a start in which the node belongs to the first prompt; nobody has solved anything yet. */
const settle = 250

/** Milliseconds between two observing rounds: as long as the last one took, within these. */
const gap = { least: 200, most: 1000 } as const

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
  /** A trigger came since the running round began. */
  #wanted = false
  #round: Promise<void> | undefined
  /** Epoch ms before which no further round begins. */
  #notBefore = 0
  /** Acting checks that run or wait; while there are any, nothing observes. */
  #acting = 0
  #lastAct: Promise<void> = Promise.resolve()

  constructor(options: SessionGradingOptions) {
    this.#options = options
    this.#log = limitLog(options.logger)
  }

  /**
   * The nodes are there. `leftovers`: acting checks may have been cut off on them by a crash of ours. `prepare`: what has to
   * be done on them before anything is graded.
   */
  start(nodes: readonly RuntimeNode[], { leftovers, prepare }: { leftovers: boolean; prepare?: Preparation }): void {
    const { onNodeEngine, lab } = this.#options
    this.#nodes = nodes
    this.#abort = new AbortController()
    const open = () => {
      this.#triggers = openTriggers({
        nodes,
        onNodeEngine,
        onTrigger: () => this.observe(),
        ignore: (name) => name.startsWith(scratchPrefix),
      })
      if (this.#typed) this.#triggers.noteInput()
      this.observe()
    }
    this.#typed = false
    this.#opening = setTimeout(open, settle)
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
    this.#wanted = false
    await Promise.all([this.#round, this.#lastAct])
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
    this.#wanted = true
    if (this.#round || this.#acting > 0 || !this.#triggers) return
    this.#round = this.#runRounds().finally(() => {
      this.#round = undefined
    })
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

  async #runRounds(): Promise<void> {
    const { signal } = this.#abort
    while (this.#wanted && this.#acting === 0 && !signal.aborted) {
      // Half of the time at most: a node that floods us with events keeps no check running without end.
      await delay(Math.max(0, this.#notBefore - Date.now()), undefined, { signal }).catch(() => undefined)
      if (this.#acting > 0 || signal.aborted) return
      this.#wanted = false
      const began = Date.now()
      await this.#observeOnce(signal)
      this.#notBefore = Date.now() + Math.min(Math.max(gap.least, Date.now() - began), gap.most)
    }
  }

  /** All observing checks at once; a task waits only for those that it comes `after`. */
  async #observeOnce(signal: AbortSignal): Promise<void> {
    const { lab, board } = this.#options
    const running = new Map<string, Promise<void>>()
    for (const task of lab.manifest.tasks) {
      if (task.check !== 'observing' || (task.type === 'once' && board.isDone(task.id))) continue
      const before = Promise.all(task.after.flatMap((id) => running.get(id) ?? []))
      running.set(
        task.id,
        before.then(() => this.#run(task, signal)),
      )
    }
    await Promise.all(running.values())
  }

  async #act(task: Task, signal: AbortSignal): Promise<void> {
    try {
      await this.#run(task, signal)
    } finally {
      // Nodes that go away need no cleaning, and taken over ones are cleaned first.
      if (!signal.aborted) await this.#removeScratch()
      const { board, onChange } = this.#options
      if (board.get(task.id)?.checking) onChange(board.setChecking(task.id, false))
    }
  }

  async #run(task: Task, signal: AbortSignal): Promise<void> {
    const { lab, board, seed, onChange, onRecorded } = this.#options
    const check = lab.checks[task.id]
    if (!check || signal.aborted) return
    const by = blockers(task, (id) => board.isDone(id))
    const run = { check, task, nodes: this.#nodes, seed, scratch: createScratch(), signal, logger: this.#log }
    const outcome = by.length > 0 ? blocked(by) : await runCheck(run)
    if (signal.aborted) return
    const recorded = board.record(task.id, outcome, Date.now())
    // Kept first: what a learner was told is done is still done after a crash.
    await onRecorded(task.id, recorded)
    if (recorded.changed) onChange(recorded.state)
  }

  /** One acting thing after the other, once the observing round is over. */
  #enqueue(work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.#abort
    this.#acting++
    const round = this.#round
    this.#lastAct = this.#lastAct
      .then(() => round)
      .then(() => (signal.aborted ? undefined : work(signal)))
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'acting check could not be run'))
      .then(() => {
        this.#acting--
        this.observe()
      })
  }

  async #removeScratch(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => removeScratch(node, this.#log)))
  }
}
