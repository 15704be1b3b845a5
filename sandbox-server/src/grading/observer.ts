/** When the observing checks of one session run: each for itself as soon as it may, none all of the time, none while something acts. */
import type { Task } from '@drydock/kit/schema'
import { setTimeout as delay } from 'node:timers/promises'

export interface ObserverOptions {
  /** The observing tasks, each behind those that it comes `after`. */
  tasks: readonly Task[]
  /** It needs no further look. */
  isOver: (task: Task) => boolean
  /** Runs the check and records what it says. Never rejects. */
  look: (task: Task) => Promise<void>
}

/** Milliseconds between two looks at a task: as long as the last one took, within these. */
const gap = { least: 200, most: 1000 } as const

interface Slot {
  /** A look that has not begun yet, up to its end: it covers all that has happened until it begins. */
  due: Promise<void> | undefined
  running: Promise<void> | undefined
  /** Epoch ms before which no further look begins. */
  notBefore: number
}

export class Observer {
  readonly #options: ObserverOptions
  readonly #slots: ReadonlyMap<string, Slot>
  readonly #stopping = new AbortController()
  #paused = 0

  constructor(options: ObserverOptions) {
    this.#options = options
    const slot = (): Slot => ({ due: undefined, running: undefined, notBefore: 0 })
    this.#slots = new Map(options.tasks.map((task) => [task.id, slot()]))
  }

  /** Something may be different: looks soon; many wishes at once are one. `after`: only at what waits for this task. */
  look(after?: string): void {
    if (this.#paused > 0 || this.#stopping.signal.aborted) return
    for (const task of this.#options.tasks) {
      const slot = this.#slots.get(task.id)
      if (!slot || this.#options.isOver(task) || (after !== undefined && !task.after.includes(after))) continue
      slot.due ??= this.#lookWhenDue(task, slot)
    }
  }

  /** Resolves once nothing looks any more. Until as many calls of `resume` nothing begins, and wishes are lost. */
  async pause(): Promise<void> {
    this.#paused++
    for (const slot of this.#slots.values()) await slot.running
  }

  resume(): void {
    this.#paused--
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the session ends'))
    for (const slot of this.#slots.values()) {
      await slot.due
      await slot.running
    }
  }

  /** Waits for the last look and a pause, so that a node that floods us with events keeps no check running without end. */
  async #lookWhenDue(task: Task, slot: Slot): Promise<void> {
    const { signal } = this.#stopping
    await Promise.all([slot.running, ...task.after.map((id) => this.#slots.get(id)?.due)])
    await delay(Math.max(0, slot.notBefore - Date.now()), undefined, { signal }).catch(() => undefined)
    slot.due = undefined
    if (signal.aborted || this.#paused > 0 || this.#options.isOver(task)) return
    const began = Date.now()
    slot.running = this.#options.look(task)
    await slot.running
    slot.running = undefined
    slot.notBefore = Date.now() + Math.min(Math.max(gap.least, Date.now() - began), gap.most)
  }
}
