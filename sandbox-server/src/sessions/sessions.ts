/** All sessions of this server: what learners may do with theirs, and what happens to them over time. */
import { limits as defaultLimits } from '@drydock/kit/schema'
import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { fillIn } from '@drydock/kit/schema'
import type { createSession, DebriefView, SessionView } from '../contract/sessions.ts'
import type { LearnerStore } from '../database/learner-store.ts'
import type { SessionRecord, SessionStore } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import type { NodeSet, Runtime, Usage } from '../runtime/port.ts'
import type { z } from 'zod'
import type { Availability } from './availability.ts'
import type { ExpiryLimits } from './decide-expiry.ts'
import { Channel } from './channel.ts'
import { ClockWatch } from './clock-watch.ts'
import type { EngineWatch } from './engine-watch.ts'
import { checkExpiry } from './expiry.ts'
import type { KeptWork } from './kept-work.ts'
import { Lifecycle } from './lifecycle.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import { decidePool, type Demand, type PoolLimits } from './pool-size.ts'
import { reconcile, recoverNodes, type ReconcileOptions, type Restored } from './reconcile.ts'
import type { Maintenance } from './maintenance.ts'
import { StartQueue, type QueueLimits } from './start-queue.ts'
import type { Session } from './session.ts'
import { isActive, isUsable } from './states.ts'

export interface SessionLimits extends ExpiryLimits {
  queue: QueueLimits
  pool: PoolLimits
  /** Active sessions of one learner. */
  per_learner: number
  /** Active sessions that were asked for from one network address; 0 for any number. */
  per_address: number
  session_ms: number
  extend_ms: number
  extensions: number
}

export interface SessionsOptions {
  runtime: Runtime
  engine: EngineWatch
  labs: ReadonlyMap<string, Lab>
  availability: Availability
  store: SessionStore
  learners: LearnerStore
  keptWork: KeptWork
  limits: SessionLimits
  maintenance: Maintenance
  logger: Logger
  now: () => number
  /** Milliseconds of a clock that nobody can set. */
  steady: () => number
  /** Milliseconds between two looks at what is over. */
  tick_ms: number
}

/**
 * `fresh`: a new session of the lab with this seed, whatever of it runs or was kept. `before`: a new one begins where this task does, or
 * with all done for null.
 */
export type SessionWish = z.infer<typeof createSession> & { fresh?: { seed: number }; before?: string | null }

/** From so many others on, how they did says nothing about any one of them. */
const enough = 3

/** A failed session stays for a while, so that its page can show why. */
const failedFor = 600_000

/** What a lab that says nothing about it asks for. */
const usualSet: NodeSet = { nodes: 1, disk_mb: defaultLimits.parse({}).disk_mb }

/** Milliseconds after the end of a node until it is started again: an engine that is being stopped ends its nodes first. */
const settle = 1000

export class Sessions {
  readonly queue: StartQueue
  /** Milliseconds that a session took to start, from its turn on. */
  readonly started: Channel<number>
  readonly ended: Channel<'ended' | 'failed'>
  /** Labs that ran before this server started and are dealt with, of how many; null from then on. */
  takingOver: { done: number; of: number } | null = { done: 0, of: 0 }
  readonly #options: SessionsOptions
  readonly #lives = new Map<string, LiveSession>()
  readonly #restored = new Map<LiveSession, Restored>()
  readonly #lifecycle: Lifecycle
  #timer: NodeJS.Timeout | undefined
  #reconciling: Promise<void> = Promise.resolve()
  readonly #closing = new AbortController()
  #lostAt: number
  #unsubscribe: () => void = () => undefined
  #purgedAt = 0
  /** What was asked for lately. */
  #demand: Demand[] = []
  /** What will be asked for soon, as is known before. */
  #expected: readonly (NodeSet & { count: number })[] = []
  readonly #clock: ClockWatch

  constructor(options: SessionsOptions) {
    this.#options = options
    const { runtime, engine, store, keptWork, logger, now, steady, limits } = options
    this.queue = new StartQueue(limits.queue, now)
    this.queue.pause(options.maintenance.begun)
    this.#clock = new ClockWatch(now, steady)
    this.#lostAt = now()
    const onError = (err: unknown) => logger.error({ err }, 'listener failed')
    this.started = new Channel(onError)
    this.ended = new Channel(onError)
    const { queue } = this
    const { session_ms } = limits
    this.#lifecycle = new Lifecycle({
      ...{ runtime, engine, store, keptWork, queue, session_ms, logger, now },
      onStarted: (ms) => this.started.publish(ms),
      onFailed: () => this.ended.publish('failed'),
      onGone: (live) => {
        this.#lives.delete(live.session.id)
        this.ended.publish('ended')
      },
    })
  }

  /** Sets of nodes that are booted ahead and wait for a session. */
  get warm(): number {
    return this.#options.runtime.warm
  }

  /** All that are not over, failed ones included. */
  all(): LiveSession[] {
    return [...this.#lives.values()]
  }

  usage(session: string): Promise<Usage> {
    return this.#options.runtime.usage(session)
  }

  /** No new labs begin, or they do again; what runs goes on. Holds over restarts of the server. */
  async drain(begun: boolean): Promise<void> {
    await this.#options.maintenance.set(begun)
    this.queue.pause(begun)
    this.#options.logger.warn({ begun }, 'maintenance')
    await this.tick()
  }

  /** Ends all that the learner has and keeps nothing of it. Resolves when it has begun. */
  async forget(learner: string): Promise<void> {
    const { keptWork, learners } = this.#options
    for (const live of this.#lives.values()) {
      if (live.session.learner !== learner) continue
      live.session.forgotten = true
      void this.end(live.session.id, 'You ended all your labs.')
    }
    await learners.forget(learner)
    await keptWork.purge()
  }

  /**
   * One learner's labs become another's and go on; `move` does the same in the database. Where both have the same lab, the one of `from`
   * goes on: that is the browser in which the person sits. The other ends as usual, with its work kept.
   */
  async handOver(from: string, to: string, move: () => Promise<void>): Promise<void> {
    const moving = [...this.#lives.values()].filter((live) => live.session.learner === from)
    const labs = new Set(moving.filter((live) => isActive(live.session.state)).map((live) => live.session.lab))
    const leaving = this.#activeOf(to).filter((live) => labs.has(live.session.lab))
    // Before the database: what is noted from now on is noted for whom it will belong to.
    for (const { session } of moving) session.learner = to
    try {
      await move()
    } catch (error) {
      for (const { session } of moving) session.learner = from
      throw error
    }
    for (const { session } of moving) session.handOver(to)
    for (const live of leaving) void this.end(live.session.id, 'You went on with this lab in another browser.')
  }

  /** Loads what the database knows and takes over what runs, now or as soon as the engine answers. */
  async open(): Promise<void> {
    const { store, labs, engine, logger, now, tick_ms } = this.#options
    for (const record of await store.unfinished()) {
      const lab = labs.get(record.lab)
      if (!lab) {
        await store.update(record.id, { state: 'gone', reason: 'This lab does not exist any more.', ended_at: now() })
        continue
      }
      const live = this.#createLive(record, lab, await store.tasks(record.id))
      live.session.tellProgress('Looking for your running lab.')
      this.#restored.set(live, { state: record.state, reason: record.reason, resume: record.resumed === 1 })
    }
    const unsubscribes = [
      engine.changes.subscribe((up) => this.#onEngine(up)),
      engine.nodeEnds.subscribe((session) => void this.#onNodeEnd(session)),
    ]
    this.#unsubscribe = () => unsubscribes.forEach((unsubscribe) => unsubscribe())
    if (engine.up) await this.#reconcile()
    if (this.#closing.signal.aborted) return
    this.takingOver = null
    this.#timer = setInterval(() => {
      this.tick().catch((error: unknown) => logger.error({ err: error }, 'looking for what is over failed'))
    }, tick_ms)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearInterval(this.#timer)
    this.#unsubscribe()
    await this.#lifecycle.close([...this.#lives.values()])
    await this.#reconciling
  }

  /**
   * Answers at once with the session that starts, or with the one of this lab that is there already. `address`: of the network that
   * it is asked from; it is forgotten with the session.
   */
  async create(
    learner: string,
    wish: SessionWish,
    address: string,
  ): Promise<{ session: SessionView; created: boolean }> {
    const { labs, availability, engine, store, limits, logger } = this.#options
    const lab = labs.get(wish.lab)
    if (!lab) throw new Refusal('LAB_UNKNOWN')
    const running = this.#activeOf(learner).find((live) => live.session.lab === lab)
    if (running && !wish.fresh) return { session: running.session.view(), created: false }
    const available = await availability(lab)
    if (available.state === 'building') throw new Refusal('LAB_NOT_BUILT', available.reason)
    if (available.state === 'unsupported') throw new Refusal('LAB_UNSUPPORTED', available.reason)
    if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    if (this.queue.paused) throw new Refusal('MAINTENANCE')

    // From here to the entry in #lives nothing waits: two requests at once must not both find room.
    const active = this.#activeOf(learner)
    const meanwhile = active.find((live) => live.session.lab === lab)
    if (meanwhile && !wish.fresh) return { session: meanwhile.session.view(), created: false }
    const leaving = meanwhile ?? (active.length >= limits.per_learner ? active[0] : undefined)
    if (leaving && !wish.replace) {
      const { id, lab } = leaving.session
      throw new Refusal('SESSION_LIMIT', undefined, { session: id, lab: lab.id })
    }
    const near = this.all().filter((l) => l !== leaving && l.address === address && isActive(l.session.state))
    if (limits.per_address > 0 && near.length >= limits.per_address)
      throw new Refusal(
        'TOO_MANY',
        `From your network address ${near.length} labs run already, and this server allows no more. Try again when one of them has ended.`,
      )
    if (this.queue.full)
      throw new Refusal('TOO_MANY', 'Too many learners are waiting already. Try again in a few minutes.')
    const record = this.#createRecord(learner, lab, wish.resume, wish.fresh?.seed ?? randomInt(2 ** 31))
    const live = this.#createLive(record, lab, [])
    live.address = address
    if (leaving) void this.end(leaving.session.id, 'You started another lab.')
    this.#forgetFailed(learner, live)
    const earlier = this.#endingsOf(learner, lab)
    const { nodes, limits: size } = lab.manifest
    this.#demand = [...this.#demand.slice(-100), { at: record.created_at, nodes, disk_mb: size.disk_mb }]
    const stored = store.insert(record)
    live.work = stored.catch(() => undefined)
    await stored.catch((error: unknown) => {
      this.#lives.delete(record.id)
      throw error
    })
    logger.info({ session: record.id, lab: lab.id, resumed: wish.resume }, 'session created')
    if (!live.session.over.signal.aborted)
      this.#lifecycle.begin(live, { resume: wish.resume, earlier, before: wish.before })
    return { session: live.session.view(), created: true }
  }

  /** The learner's session, with its grading. Throws `SESSION_UNKNOWN` for what is another's, `SESSION_ENDED` for what is over. */
  async find(learner: string, id: string): Promise<LiveSession> {
    const live = this.#lives.get(id)
    if (live?.session.learner === learner) return live
    const record = live ? undefined : await this.#options.store.find(id)
    if (record?.learner !== learner) throw new Refusal('SESSION_UNKNOWN')
    throw new Refusal('SESSION_ENDED', record.reason ?? undefined)
  }

  /** When each task was passed by the learner themselves, of a session that runs or is over; only those that are still done. */
  async passes(id: string): Promise<Map<string, number>> {
    const { store } = this.#options
    const board = this.#lives.get(id)?.session.board
    const told = (await store.deeds(id)).flatMap(({ kind, task }) => (kind === 'solution' ? task : []))
    const saved = board ? board.list().map((state) => board.saved(state.id)) : await store.tasks(id)
    return new Map(
      saved.flatMap(({ task, passed_at, shown }) =>
        passed_at === null || shown || told.includes(task) || board?.isDone(task) === false ? [] : [[task, passed_at]],
      ),
    )
  }

  /** One that runs, whoever asks: for those who have shown a key to it. */
  running(id: string): Session | undefined {
    const session = this.#lives.get(id)?.session
    return session && isUsable(session.state) ? session : undefined
  }

  /** All of this learner that are not over, failed ones included. */
  ofLearner(learner: string): SessionView[] {
    return [...this.#lives.values()].flatMap(({ session }) => (session.learner === learner ? [session.view()] : []))
  }

  async end(id: string, reason: string): Promise<void> {
    const live = this.#lives.get(id)
    if (live) await this.#lifecycle.end(live, reason)
  }

  /** The nodes are made anew, tasks begin anew; the deadline stays. */
  reset(live: LiveSession): void {
    const { session } = live
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    if (!this.#options.engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    session.notice = null
    void live.note('reset', null)
    this.#lifecycle.renew(live, { progress: 'Starting afresh.', keepDone: false })
  }

  /** The nodes are made anew and brought to where this task begins; what the learner did themselves before it stays theirs. */
  async continueFrom(live: LiveSession, task: string): Promise<void> {
    const { session } = live
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    if (!this.#options.engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    session.notice = null
    await live.note('reset', null)
    if (isUsable(session.state))
      this.#lifecycle.renew(live, { progress: 'Preparing fresh machines.', keepDone: true, before: task })
  }

  /**
   * The learner's copy of this lab comes to where this task begins (null: all is done), on fresh machines; their files are put beside. One
   * that does not run is started in place of another. Resolves with whether files were put beside; rejects when it ends before it is there.
   */
  async bringTo(learner: string, lab: string, before: string | null): Promise<{ live: LiveSession; kept: boolean }> {
    const find = () => this.#activeOf(learner).find((live) => live.session.lab.id === lab)
    const running = find()
    if (!running) {
      const wish = { lab, replace: true, resume: false, before }
      const { session } = await this.create(learner, wish, 'a workshop')
      const live = await this.find(learner, session.id)
      await live.session.whenReady()
      return { live, kept: false }
    }
    const { session } = running
    await session.whenReady()
    if (!this.#options.engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    session.notice = null
    await running.note('reset', null)
    const keeping = Promise.withResolvers<boolean>()
    const keepFiles = keeping.resolve
    this.#lifecycle.renew(running, {
      progress: 'Bringing you to where the class is.',
      keepDone: true,
      before,
      keepFiles,
    })
    await session.whenReady()
    // The files are there before the machines are ready; what cannot be known any more was not kept.
    return { live: running, kept: await Promise.race([keeping.promise, running.work.then(() => false)]) }
  }

  /** What the incident was about: once each task is done, or its solution was asked for. */
  async debrief({ session }: LiveSession): Promise<DebriefView> {
    const { store } = this.#options
    const { debrief } = session.lab.manifest
    if (!debrief) throw new Refusal('NOT_FOUND', 'This lab has no debrief: it is no incident.')
    const timeline = await store.deeds(session.id)
    const told = new Set(timeline.flatMap((deed) => (deed.kind === 'solution' ? [deed.task] : [])))
    if (session.board.list().some((state) => state.type !== 'guard' && !state.done && !told.has(state.id)))
      throw new Refusal('FORBIDDEN', 'The debrief is told when all tasks of this incident are done.')
    const others = await store.finishes(session.lab.id, session.learner)
    const parts = Object.entries(debrief).map(([part, text]) => [part, fillIn(text, session.values)])
    return {
      ...(Object.fromEntries(parts) as typeof debrief),
      began_at: session.createdAt,
      timeline,
      others: others.length < enough ? null : { count: others.length, median_ms: others[others.length >> 1] ?? 0 },
    }
  }

  /** More time. When it is idleness that would end the session, this sign of life is enough and costs no extension. */
  async extend({ session }: LiveSession): Promise<void> {
    const { limits, store, now } = this.#options
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    session.activity.busyAt = now()
    if (session.state !== 'expiring' || session.idleEnd === null) {
      // Those who wait were told when their turn comes at the latest.
      if (this.queue.waiting > 0)
        throw new Refusal(
          'FORBIDDEN',
          'Others wait for a place on this server, so labs cannot be extended at the moment.',
        )
      if (session.extensionsLeft <= 0) throw new Refusal('FORBIDDEN', 'This lab cannot be extended any further.')
      session.extensionsLeft--
      session.activity.deadline += limits.extend_ms
      await store.update(session.id, { deadline: session.deadline, extensions_left: session.extensionsLeft })
    }
    await this.tick()
    session.announce()
  }

  /** So many sets of nodes are booted ahead besides what is asked for, beyond the usual limit of the pool. */
  expect(sets: readonly (NodeSet & { count: number })[]): void {
    this.#expected = sets
  }

  /** Somebody answers for it until then: it lasts so long at least, and idleness does not end it. */
  async keep({ session }: LiveSession, until: number): Promise<void> {
    const { store } = this.#options
    if (!isUsable(session.state)) return
    session.activity.keptUntil = until
    if (session.activity.deadline >= until) return
    session.activity.deadline = until
    await store.update(session.id, { deadline: until })
    session.announce()
  }

  async takeHint(live: LiveSession, task: string, hint: string): Promise<void> {
    const { session } = live
    const state = session.board.takeHint(task, hint)
    session.events.publish({ type: 'task', task: state })
    await live.record(task, [{ hints: 1 }], ['hint'])
  }

  /** Ends, warns and forgets what its time has come for. */
  async tick(): Promise<void> {
    const { limits, logger, now, engine, keptWork, runtime } = this.#options
    await this.#followClock()
    if (engine.up) {
      this.queue.setRoom(await runtime.room())
      const end = (live: LiveSession, reason: string) => void this.end(live.session.id, reason)
      await checkExpiry([...this.#lives.values()], { limits, logger, now, end })
      runtime.keepWarm(this.#decidePool())
    }
    for (const live of this.#lives.values())
      if (live.session.state === 'failed' && now() - live.session.createdAt > failedFor)
        void this.end(live.session.id, live.session.reason ?? '')
    if (now() - this.#purgedAt > 3_600_000) {
      this.#purgedAt = now()
      await keptWork.purge()
    }
  }

  #decidePool(): (NodeSet & { count: number })[] {
    const { limits, now } = this.#options
    const coming = this.#expected.flatMap(({ count, ...set }) =>
      Array.from({ length: count }, () => ({ at: now(), ...set })),
    )
    const nodes = coming.reduce((sum, each) => sum + each.nodes, 0)
    const pool = { least: limits.pool.least, most: limits.pool.most + nodes }
    // Who waits for another's place waits besides what is kept.
    const { places, room } = this.queue.left
    const free = Math.max(this.queue.free, Math.min(places, room, nodes))
    return decidePool([...this.#demand, ...coming], usualSet, free, pool, now())
  }

  /** A clock that was set must not end anybody's lab, nor keep it for ever. */
  async #followClock(): Promise<void> {
    const jump = this.#clock.look()
    if (jump === 0) return
    const { store, logger, now } = this.#options
    logger.warn({ ms: jump }, 'the clock of this host was set; sessions keep the time that they had left')
    this.#demand = this.#demand.map((each) => ({ ...each, at: each.at + jump }))
    // Kept work is removed by date: whoever set the clock has time to set it right.
    this.#purgedAt = now() + 24 * 3_600_000
    for (const live of this.#lives.values()) {
      live.session.moveTimes(jump)
      if (live.cpu) live.cpu.at += jump
      live.session.announce()
    }
    for (const { session } of this.#lives.values())
      if (session.deadline !== null) await store.update(session.id, { deadline: session.deadline })
  }

  /** A node of a session has stopped by itself: its learner may have turned it off, or the host ran out of memory. It is started again. */
  async #onNodeEnd(id: string): Promise<void> {
    await delay(settle)
    const { logger, engine } = this.#options
    this.#reconciling = this.#reconciling
      .then(async () => {
        const live = this.#lives.get(id)
        if (live && engine.up) await recoverNodes(live, this.#reconcileOptions())
      })
      .catch((error: unknown) => logger.error({ err: error, session: id }, 'a node that stopped was not started again'))
  }

  #onEngine(up: boolean): void {
    this.#options.logger.warn({ up }, 'lab engine')
    if (!up) this.#lostAt = this.#options.now()
    if (up) void this.#reconcile()
    const message = up
      ? 'The lab engine answers again.'
      : 'The lab engine does not answer. It may be restarting; your lab goes on when it is back.'
    for (const { session } of this.#lives.values()) session.events.publish({ type: 'engine', up, message })
  }

  #reconcile(): Promise<void> {
    const { logger } = this.#options
    const options = this.#reconcileOptions()
    this.#reconciling = this.#reconciling
      .then(() => reconcile(this.#lives, this.#restored, options))
      .then(() => this.tick())
      .catch((error: unknown) => logger.error({ err: error }, 'taking over what runs failed'))
    return this.#reconciling
  }

  #reconcileOptions(): ReconcileOptions {
    const { runtime, logger } = this.#options
    return {
      ...{ runtime, logger, lifecycle: this.#lifecycle, queue: this.queue, lostAt: this.#lostAt },
      onDone: (done, of) => {
        if (this.takingOver) this.takingOver = { done, of }
      },
      signal: this.#closing.signal,
    }
  }

  #activeOf(learner: string): LiveSession[] {
    return [...this.#lives.values()].filter((l) => l.session.learner === learner && isActive(l.session.state))
  }

  /** Ends that are under way, and with them the work that may be resumed. */
  async #endingsOf(learner: string, lab: Lab): Promise<void> {
    const same = [...this.#lives.values()].filter((l) => l.session.learner === learner && l.session.lab === lab)
    await Promise.all(same.flatMap((l) => l.ending ?? []))
  }

  #forgetFailed(learner: string, except: LiveSession): void {
    for (const live of this.#lives.values())
      if (live !== except && live.session.learner === learner && live.session.state === 'failed')
        void this.end(live.session.id, live.session.reason ?? '')
  }

  #createRecord(learner: string, lab: Lab, resume: boolean, seed: number): SessionRecord {
    const { limits, now } = this.#options
    return {
      id: randomBytes(8).toString('hex'),
      learner,
      lab: lab.id,
      state: 'starting',
      seed,
      created_at: now(),
      resumed: resume ? 1 : 0,
      deadline: null,
      extensions_left: limits.extensions,
      reason: null,
      ended_at: null,
      copy_of: null,
    }
  }

  #createLive(record: SessionRecord, lab: Lab, saved: Parameters<typeof createLiveSession>[0]['saved']): LiveSession {
    const { limits, store, logger, now } = this.#options
    const { extend_ms } = limits
    const live = createLiveSession({ record, lab, saved, extend_ms, store, logger, now })
    this.#lives.set(record.id, live)
    return live
  }
}
