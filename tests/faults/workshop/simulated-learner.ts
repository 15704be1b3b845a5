/** One learner of a simulated class: joins, waits, starts the lab, types, does its tasks, raises a hand, drops off and comes back, and notes whatever is not as it was. */
import { setTimeout as delay } from 'node:timers/promises'
import type { LiveEvent, MemberView, SessionEvent, SessionView } from '@drydock/sandbox-server/contract'
import type { Learner } from '../../harness/learner.ts'
import { ask } from './ask.ts'
import { openLine, type ClassLine, type LabLine } from './class-line.ts'
import type { Instructor } from './instructor.ts'
import type { Step } from './lab-steps.ts'
import { startLab } from './start-lab.ts'

export interface Part {
  who: Learner
  name: string
  lab: string
  steps: readonly Step[]
  instructor: Instructor
  /** From 0 to below 1. */
  random: () => number
}

/** Milliseconds for which a learner tries to come back, or waits for something that should come at once. */
const patience = 90_000
/** Tasks that each does, however late it is: a slow machine shows as much as a fast one. */
const least = 2
/** Milliseconds that a lab is waited for at least. */
const startWithin = 120_000
const idle = ['ls', 'docker ps', 'docker images', 'date', 'docker ps -a'] as const

export class SimulatedLearner {
  /** What is not there any more, in words. */
  readonly lost = new Set<string>()
  readonly passed = new Set<string>()
  /** From the end of a command until its task was seen to pass, and from there until the wall's tile said so. */
  readonly checks: { task: string; ms: number }[] = []
  readonly wall_ms: number[] = []
  join_ms = Number.NaN
  member = ''
  session: string | null = null
  /** How it stood in the queue when the class was over; null for whoever had a lab. */
  waits: string | null = null
  drops = 0
  readonly #begun = Promise.withResolvers<void>()
  readonly #part: Part
  readonly #mark: string
  readonly #tiles: Promise<void>[] = []
  #line: ClassLine | null = null
  #marked = false
  /** Not before then a line is opened again. */
  #away = 0

  constructor(part: Part) {
    this.#part = part
    this.#mark = `mark-${Math.floor(part.random() * 1e9)}`
  }

  /** The first task is done. */
  get begun(): Promise<void> {
    return this.#begun.promise
  }

  /** Until the waiting room is on the screen. */
  async join(code: string): Promise<void> {
    const { who, name } = this.#part
    const before = performance.now()
    await ask(who, 'POST', '/api/join/look', { code })
    this.member = (await ask<MemberView>(who, 'POST', '/api/join', { code, name })).me.id
    await this.#on((line) => line.live.find((event) => event.type === 'member'))
    this.join_ms = performance.now() - before
  }

  /** From the waiting room until the time is over. Whoever has no lab by then has queued. */
  async work(until: number): Promise<void> {
    const { who, lab, steps, random } = this.#part
    const mayBegin = (event: LiveEvent) =>
      event.type === 'member' && event.member.state === 'running' && event.member.me.state === 'admitted'
    await this.#on((line) => line.live.find(mayBegin, patience))
    const started = await startLab(who, lab, Math.max(until, Date.now() + startWithin))
    if ('waits' in started) {
      this.waits = started.waits
      return this.leave()
    }
    this.session = started.session
    // The page of the lab is another one than the waiting room.
    this.#line?.cut()
    await this.#inLab(({ terminal }) => terminal.run(`KEPT=${this.#mark}`))
    this.#marked = true
    const handAt = Math.floor(random() * least)
    const dropsAt = [Math.floor(random() * least), least + Math.floor(random() * (steps.length - least))]
    for (const [nth, step] of steps.entries()) {
      const pause = ((until - Date.now()) / (steps.length - nth + 1)) * (0.5 + random())
      if (pause <= 0 && nth >= least) break
      await delay(Math.max(0, pause / 2))
      await this.#inLab(({ terminal }) => terminal.run(idle[nth % idle.length] ?? 'ls'))
      if (nth === handAt) await this.#raiseHand()
      await delay(Math.max(0, pause / 2))
      await this.#do(step, dropsAt.includes(nth))
    }
    await this.#on((line) => this.#recognise(line))
    await Promise.all(this.#tiles)
  }

  leave(): void {
    this.#line?.cut()
  }

  /** Nothing of it stays on this instance. */
  async end(): Promise<void> {
    if (this.session !== null) await this.#part.who.end(this.session)
  }

  async #do(step: Step, drops: boolean): Promise<void> {
    const isDone = (event: SessionEvent) =>
      (event.type === 'session' ? event.session.tasks : event.type === 'task' ? [event.task] : []).some(
        (task) => task.id === step.task && task.done,
      )
    let tries = 0
    await this.#inLab(async ({ events, terminal }, line) => {
      tries++
      if (events.all.some(isDone)) return
      const passed = events.find(isDone, patience).then(() => performance.now())
      passed.catch(() => undefined)
      if (drops && tries === 1) setTimeout(() => this.#drop(line), this.#part.random() * 400)
      for (const each of step.lines) await terminal.run(each, patience)
      const ended = performance.now()
      const at = await passed
      // What was typed twice says nothing about how long it takes.
      if (tries > 1) return
      this.checks.push({ task: step.task, ms: Math.max(0, at - ended) })
      this.#tiles.push(this.#followTile(step.task, at))
    })
    this.passed.add(step.task)
    this.#begun.resolve()
  }

  async #followTile(task: string, from: number): Promise<void> {
    const { instructor } = this.#part
    const { opened } = instructor
    try {
      const seen = await instructor.sees(this.member, (tile) => instructor.isDone(tile, task), patience)
      if (seen.opened === opened) this.wall_ms.push(Math.max(0, seen.at - from))
    } catch (error) {
      this.lost.add(`${task} on the wall: ${String(error)}`)
    }
  }

  /** Until it was seen, and answered by a hint that lowers it. */
  async #raiseHand(): Promise<void> {
    const isHint = (event: LiveEvent) => event.type === 'log' && event.entries.some(({ what }) => what.kind === 'hint')
    await this.#on(async (line) => {
      const answered = line.live.find(isHint, patience)
      if (!line.live.all.some(isHint))
        line.live.socket.send(JSON.stringify({ type: 'hand', up: true, note: 'What now?' }))
      await answered
    })
  }

  #drop(line: ClassLine): void {
    if (line.isLost) return
    this.drops++
    this.#away = Date.now() + 500 + this.#part.random() * 2500
    line.cut()
  }

  /** Does it over again on another line when the one that it was done on is cut. */
  async #on<T>(work: (line: ClassLine) => Promise<T>): Promise<T> {
    for (;;) {
      const line = await this.#open()
      try {
        return await work(line)
      } catch (error) {
        if (!line.isLost) throw error
      }
    }
  }

  #inLab<T>(work: (lab: LabLine, line: ClassLine) => Promise<T>): Promise<T> {
    return this.#on((line) => {
      if (line.lab === null) throw new Error(`${this.#part.name} has no lab`)
      return work(line.lab, line)
    })
  }

  async #open(): Promise<ClassLine> {
    if (this.#line && !this.#line.isLost) return this.#line
    const { who, instructor } = this.#part
    const before = this.#line
    const since = before?.lab?.terminal.offset ?? null
    for (const until = Date.now() + patience; ; await delay(200 + this.#part.random() * 300)) {
      if (this.#away > Date.now()) await delay(this.#away - Date.now())
      let line: ClassLine | null = null
      try {
        line = await openLine(who, { workshop: instructor.workshop.id, session: this.session, since })
        if (before?.lab) await this.#recognise(line)
        return (this.#line = line)
      } catch (error) {
        line?.cut()
        if (Date.now() > until) throw error
      }
    }
  }

  /** The same place, the same tasks, the same shell. */
  async #recognise({ lab }: ClassLine): Promise<void> {
    const { who, instructor } = this.#part
    const mine = await ask<MemberView[]>(who, 'GET', '/api/workshops/mine')
    const place = mine.find(({ id }) => id === instructor.workshop.id)
    if (place?.me.id !== this.member || place.me.state !== 'admitted') this.lost.add('the place in the class')
    if (!lab || this.session === null) return
    const { tasks } = await ask<SessionView>(who, 'GET', `/api/sessions/${this.session}`)
    for (const task of this.passed)
      if (!tasks.find(({ id }) => id === task)?.done) this.lost.add(`the passed task ${task}`)
    if (!this.#marked) return
    lab.terminal.type('echo "kept $KEPT"\r')
    await lab.terminal.waitFor(/kept (?:mark-\d+)?\r/, { timeout_ms: patience })
    if (!lab.terminal.text.includes(`kept ${this.#mark}`)) this.lost.add('the shell')
  }
}
