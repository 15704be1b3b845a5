/** Where the tasks of one session stand, and what each new outcome makes of it. Knows no nodes and no database. */
import type { Outcome } from '@drydock/kit'
import type { Task } from '@drydock/kit/schema'
import type { TaskState } from '../contract/sessions.ts'

/** What is kept of a task over a restart of the server. */
export interface SavedTask {
  task: string
  passed_at: number | null
  tries: number
  hints: string[]
  shown: boolean
}

export interface Recorded {
  state: TaskState
  /** Something that a viewer sees is different. */
  changed: boolean
  /** It passed, and had never passed in this session. */
  firstPass: boolean
  /** It was done, and is not any more. */
  lost: boolean
  /** This was one more try of the learner. */
  tried: boolean
}

export class TaskBoard {
  readonly #tasks: readonly Task[]
  readonly #states = new Map<string, TaskState>()
  readonly #passedAt = new Map<string, number>()

  constructor(tasks: readonly Task[], saved: readonly SavedTask[]) {
    this.#tasks = tasks
    for (const task of tasks) {
      const { passed_at = null, tries = 0, hints = [], shown } = saved.find((row) => row.task === task.id) ?? {}
      this.#states.set(task.id, fresh(task, tries, hints))
      if (shown) this.show(task.id, 0)
      if (passed_at !== null) this.pass(task.id, passed_at)
    }
  }

  list(): TaskState[] {
    return [...this.#states.values()]
  }

  get(id: string): TaskState | undefined {
    return this.#states.get(id)
  }

  isDone(id: string): boolean {
    return this.#states.get(id)?.done ?? false
  }

  /** The `once` tasks that the learner has done: what is worth keeping when the session ends. */
  achieved(): string[] {
    return this.list().flatMap((state) => (state.type === 'once' && state.done && !state.shown ? [state.id] : []))
  }

  saved(id: string): SavedTask {
    const { tries, hints_taken, shown } = this.#expect(id)
    return { task: id, passed_at: this.#passedAt.get(id) ?? null, tries, hints: hints_taken, shown }
  }

  record(id: string, outcome: Outcome, now: number): Recorded {
    const before = this.#expect(id)
    const passes = outcome.status === 'pass'
    const tried =
      before.check === 'acting' ? passes || outcome.status === 'fail' : isNewAttempt(before.outcome, outcome)
    const state: TaskState = {
      ...before,
      outcome,
      done: isDone(before, outcome),
      checking: false,
      checked_at: now,
      tries: before.tries + (tried ? 1 : 0),
    }
    this.#states.set(id, state)
    const firstPass = passes && !before.shown && !this.#passedAt.has(id)
    if (firstPass) this.#passedAt.set(id, now)
    return { state, changed: differs(before, state), firstPass, lost: before.done && !state.done, tried }
  }

  setChecking(id: string, checking: boolean): TaskState {
    return this.#change(id, { checking })
  }

  takeHint(id: string, hint: string): TaskState {
    const taken = this.#expect(id).hints_taken
    return this.#change(id, { hints_taken: taken.includes(hint) ? taken : [...taken, hint] })
  }

  /** Notes a pass of the past: in this session before a restart of the server, or in the one whose work goes on. */
  pass(id: string, at: number): void {
    this.#passedAt.set(id, at)
    if (this.#states.get(id)?.type === 'once')
      this.#change(id, { done: true, outcome: { status: 'pass' }, checked_at: at })
  }

  /** The solution's step did it for the learner; what they had passed themselves before stays theirs. */
  show(id: string, at: number): TaskState {
    if (this.#passedAt.has(id)) return this.#expect(id)
    if (this.#states.get(id)?.type !== 'once') return this.#change(id, { shown: true })
    return this.#change(id, { shown: true, done: true, outcome: { status: 'pass' }, checked_at: at })
  }

  /** The nodes begin anew. `keepDone`: not by the learner's wish, so what was done stays done; `before`: only what comes before this task. */
  restart(keepDone: boolean, before?: string): void {
    let keep = keepDone
    for (const task of this.#tasks) {
      if (task.id === before) keep = false
      const { tries, hints_taken, done } = this.#expect(task.id)
      const kept = keep && done && task.type === 'once'
      if (!kept) this.#states.set(task.id, fresh(task, tries, hints_taken))
      if (!keep) this.#passedAt.delete(task.id)
    }
  }

  #change(id: string, change: Partial<TaskState>): TaskState {
    const state = { ...this.#expect(id), ...change }
    this.#states.set(id, state)
    return state
  }

  #expect(id: string): TaskState {
    const state = this.#states.get(id)
    if (!state) throw new Error(`no task ${id}`)
    return state
  }
}

function fresh(task: Task, tries: number, hints_taken: string[]): TaskState {
  const { id, type, check } = task
  const state = { id, type, check, done: false, outcome: null, checking: false, checked_at: null }
  return { ...state, tries, hints_taken, shown: false }
}

/** Once done is done; the others follow the last outcome, where our own failure changes nothing. */
function isDone(before: TaskState, outcome: Outcome): boolean {
  if (outcome.status === 'pass') return true
  return before.done && (before.type === 'once' || outcome.status === 'unavailable')
}

/**
 * An observing check runs by itself many times, and says with other figures what it said before: a try is a new way of not being
 * there yet (another hint), or being there.
 */
function isNewAttempt(before: Outcome | null, now: Outcome): boolean {
  if (before === null || before.status === 'unavailable') return false
  if (now.status === 'pass') return before.status !== 'pass'
  return now.status === 'fail' && before.status !== 'blocked' && !(before.status === 'fail' && before.hint === now.hint)
}

function differs(a: TaskState, b: TaskState): boolean {
  return JSON.stringify({ ...a, checked_at: 0 }) !== JSON.stringify({ ...b, checked_at: 0 })
}
