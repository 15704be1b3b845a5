/** How a session comes to its nodes and loses them: start, reset, taking over running ones, end. One step after the other for each session. */
import type { Logger } from 'pino'
import { setTimeout as delay } from 'node:timers/promises'
import type { SessionStore } from '../database/session-store.ts'
import { untilAborted } from '../grading/check-node.ts'
import type { Runtime, RuntimeNode } from '../runtime/port.ts'
import type { EngineWatch } from './engine-watch.ts'
import type { KeptWork } from './kept-work.ts'
import type { LiveSession } from './live-session.ts'
import type { Session } from './session.ts'
import { catchUp } from './catch-up.ts'
import { halfMessage, reasonOf, waitingMessage } from './reasons.ts'
import { HalfSetUp, setUp, SetUpFailed } from './set-up.ts'
import type { Holder, Standing, StartQueue } from './start-queue.ts'
import { isUsable } from './states.ts'

export interface Renewal {
  /** What the learner reads meanwhile. */
  progress: string
  /** It is not the learner's wish, or only what comes after is: what was done stays done. */
  keepDone: boolean
  /** Do what comes before this task, or all for null, as the solution does it. */
  before?: string | null
  /** Put the files of the work folder beside the new one, and say whether that worked. */
  keepFiles?: (kept: boolean) => void
}

/** Where they are put, and how many bytes of them. */
const earlierFiles = { folder: '/root/before-catch-up', most: 20 * 2 ** 20 } as const

export interface LifecycleOptions {
  runtime: Runtime
  store: SessionStore
  keptWork: KeptWork
  queue: StartQueue
  engine: EngineWatch
  /** How long a session lasts, in milliseconds. */
  session_ms: number
  logger: Logger
  now: () => number
  /** `ms`: what the start took. */
  onStarted: (ms: number) => void
  onFailed: () => void
  /** The session is over and holds nothing any more. */
  onGone: (live: LiveSession) => void
}

/** Milliseconds between attempts to remove what the engine does not let go of. */
const removeAgain = 5000

export class Lifecycle {
  readonly #options: LifecycleOptions
  readonly #closing = new AbortController()

  constructor(options: LifecycleOptions) {
    this.#options = options
  }

  /** Starts a session that has no nodes yet, when it is its turn. `resume`: from the kept work of the last one, once `earlier` has ended. */
  begin(
    live: LiveSession,
    { resume, earlier, before }: { resume: boolean; earlier?: Promise<void>; before?: string | null | undefined },
  ): void {
    const { session } = live
    live.work = this.#guard(live, async (signal) => {
      if (resume) await earlier
      const onStanding = (standing: Standing) =>
        session.tellProgress(waitingMessage(this.#options.queue.paused), standing)
      live.ticket = await this.#options.queue.enter({ ...holderOf(live), signal, onStanding })
      await this.#boot(live, signal, { resume, before })
    })
  }

  /** Makes the nodes anew, in place. */
  renew(live: LiveSession, { progress, keepDone, before, keepFiles }: Renewal): void {
    const { session, grading } = live
    const [node1] = session.nodes
    const stopped = grading.stop()
    session.board.restart(keepDone, before ?? undefined)
    session.terminals.clear()
    if (session.state === 'starting') session.tellProgress(progress)
    else session.beginAnew(progress)
    live.work = this.#guard(live, async (signal) => {
      await this.#options.store.update(session.id, { state: 'starting' })
      // A reset is meant to stay one after a restart of the server.
      for (const { id } of session.board.list()) await this.#options.store.saveTask(session.id, session.board.saved(id))
      await stopped
      const files = keepFiles && node1 ? await this.#packFiles(session, node1) : null
      await this.#options.runtime.remove(session.id)
      await this.#boot(live, signal, { resume: false, before, files })
      keepFiles?.(files !== null)
    })
  }

  /**
   * Takes over nodes: after a restart of the server, or when the engine was away for a moment. `restarted`: they had stopped.
   * `letGo`: who attached to a terminal before that time did so through a server or engine that is gone. `after`: it is graded then.
   */
  async adopt(
    live: LiveSession,
    { restarted, letGo, after }: { restarted: boolean; letGo: number | null; after?: Promise<void> | undefined },
  ): Promise<void> {
    const { session, grading } = live
    const { generation } = session
    const nodes = await this.#options.runtime.open(session.spec())
    const terminals = await Promise.all(nodes.map((node) => node.terminals({ letGo }).catch(() => [])))
    if (isUsable(session.state)) await grading.stop()
    // A reset or an end came meanwhile: these are not its nodes any more.
    if (session.generation !== generation || session.over.signal.aborted) return
    nodes.forEach((node, i) => session.terminals.adopt(node.name, terminals[i] ?? []))
    if (isUsable(session.state)) {
      session.replaceNodes(nodes)
    } else session.becomeReady(nodes, session.deadline ?? this.#newDeadline())
    const prepare = (signal: AbortSignal) => this.#setUp(live, signal, restarted)
    grading.start(nodes, { leftovers: true, prepare, after })
  }

  /** Ends it for good; a second call waits for the same end. `reason` is for people. */
  end(live: LiveSession, reason: string): Promise<void> {
    live.ending ??= this.#end(live, reason).catch((error: unknown) => {
      // The next server goes on with it.
      if (!this.#closing.signal.aborted) throw error
    })
    return live.ending
  }

  /** The server goes, the labs stay: starts that are under way are taken back and begin again with the next server. */
  async close(lives: readonly LiveSession[]): Promise<void> {
    this.#closing.abort(new Error('the server is shutting down'))
    await Promise.all(lives.map((live) => live.work))
    await Promise.all(lives.map((live) => live.grading.stop()))
  }

  /** Runs one piece of work on a session; what goes wrong becomes the session's reason. Never rejects. */
  async #guard(live: LiveSession, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { session } = live
    const signal = AbortSignal.any([session.over.signal, this.#closing.signal])
    try {
      await work(signal)
    } catch (error) {
      if (!signal.aborted)
        await this.#fail(live, error).catch((err: unknown) =>
          this.#options.logger.error({ session: session.id, err }, 'could not be failed cleanly'),
        )
    } finally {
      live.ticket?.started()
    }
  }

  async #packFiles(session: Session, node: RuntimeNode): Promise<Buffer | null> {
    return await node.pack(node.folder, earlierFiles.most).catch((err: unknown) => {
      this.#options.logger.warn({ session: session.id, err }, 'earlier files could not be kept')
      return null
    })
  }

  async #boot(
    live: LiveSession,
    signal: AbortSignal,
    { resume, before, files = null }: { resume: boolean; before?: string | null | undefined; files?: Buffer | null },
  ): Promise<void> {
    const { runtime, keptWork, store, logger, now } = this.#options
    const { session, grading } = live
    const began = now()
    session.tellProgress('Starting your lab machine.')
    const kept = resume ? await keptWork.load(session.learner, session.lab.id) : null
    const nodes = await runtime.start(session.spec(), { signal, progress: (text) => session.tellProgress(text) })
    const archive = kept?.archive ?? session.lab.files
    if (archive) await Promise.all(nodes.map((node) => node.unpack(node.folder, archive)))
    signal.throwIfAborted()
    for (const task of kept?.record.tasks ?? []) if (session.board.get(task)) session.board.pass(task, now())
    if (before !== undefined) await this.#catchUp(live, nodes, before, signal)
    if (files) await nodes[0]?.unpack(earlierFiles.folder, files)
    session.becomeReady(nodes, session.deadline ?? this.#newDeadline())
    grading.start(nodes, { leftovers: false, prepare: (signal) => this.#setUp(live, signal, false) })
    await store.update(session.id, { state: 'ready', deadline: session.deadline, ready_at: session.readyAt })
    for (const task of kept?.record.tasks ?? [])
      if (session.board.get(task)) await store.saveTask(session.id, session.board.saved(task))
    this.#options.onStarted(now() - began)
    logger.info(
      { session: session.id, lab: session.lab.id, ms: now() - began, resumed: kept !== null },
      'session ready',
    )
  }

  async #catchUp(
    live: LiveSession,
    nodes: readonly RuntimeNode[],
    task: string | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { session } = live
    const { logger, now } = this.#options
    const onDone = (done: string) => {
      session.board.show(done, now())
      return live
        .record(done, [], ['shown'])
        .catch((error: unknown) => logger.error({ err: error, task: done }, 'progress could not be stored'))
    }
    const stuck = await catchUp({ session, nodes, task, signal, onDone })
    if (stuck === undefined) return
    logger.error({ session: session.id, lab: session.lab.id, task: stuck }, 'a step of the solution did not work')
    const number = session.lab.manifest.tasks.findIndex((each) => each.id === stuck) + 1
    session.notice = `Task ${number} could not be done for you, so you are where it begins. That is our fault, not yours; it was logged.`
    session.events.publish({ type: 'error', code: 'INTERNAL', message: session.notice })
  }

  /** The prompt does not wait for it, grading does; a lab that is not as its author meant it fails, with its reason. */
  async #setUp(live: LiveSession, signal: AbortSignal, restarted: boolean): Promise<void> {
    const { session, grading } = live
    const [node1] = session.nodes
    if (!node1 || session.lab.setup === undefined) return
    session.setSettingUp(true)
    // A reset or an end does not wait for it: it goes with its machine.
    const attempt = () => untilAborted(setUp(session.lab, node1, session.seed, restarted), signal)
    try {
      await attempt().catch(async (error: unknown) => {
        if (signal.aborted || error instanceof SetUpFailed || error instanceof HalfSetUp) throw error
        // The nodes are taken over when the engine is back, and we come here again; or it was only a moment.
        await this.#options.engine.whenUp(signal)
        await attempt()
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof HalfSetUp) {
        session.notice = halfMessage
        this.renew(live, { progress: halfMessage, keepDone: true })
      } else if (error instanceof SetUpFailed)
        live.work = this.#guard(live, async () => {
          await grading.stop()
          throw error
        })
      else throw error
    } finally {
      // Otherwise these are not its nodes any more, and others may be set up by now.
      if (!signal.aborted) session.setSettingUp(false)
    }
  }

  async #fail(live: LiveSession, error: unknown): Promise<void> {
    const { runtime, store, logger, now } = this.#options
    const { session } = live
    logger.error({ session: session.id, lab: session.lab.id, err: error }, 'session failed')
    const reason = reasonOf(error)
    // What is left on the engine is removed now, or when the server next looks for what nobody owns.
    await runtime.remove(session.id).catch((err: unknown) => logger.warn({ session: session.id, err }, 'not removed'))
    if (session.over.signal.aborted) return
    session.fail(reason)
    this.#options.onFailed()
    live.ticket?.release()
    await store.update(session.id, { state: 'failed', reason, ended_at: now() })
  }

  async #end(live: LiveSession, reason: string): Promise<void> {
    const { keptWork, logger, now, onGone } = this.#options
    const { session, grading } = live
    const [node1] = session.nodes
    if (session.state !== 'failed') {
      session.beginStopping(reason)
      await this.#note(session, { state: 'stopping', reason })
      await live.work
      await grading.stop()
      if (node1 && !session.forgotten) await this.#keepWork(session, node1, keptWork)
    }
    // Also of one that failed: its removal may have failed with it.
    await this.#remove(session)
    await this.#note(session, { state: 'gone', ended_at: now() })
    session.becomeGone()
    live.ticket?.release()
    onGone(live)
    logger.info({ session: session.id, lab: session.lab.id, reason }, 'session ended')
  }

  /** An end does not wait for a database that fails: the next server finds nothing of the session and ends it there too. */
  async #note(session: Session, change: Parameters<SessionStore['update']>[1]): Promise<void> {
    try {
      await this.#options.store.update(session.id, change)
    } catch (error) {
      this.#options.logger.error({ session: session.id, err: error, state: change.state }, 'end could not be stored')
    }
  }

  async #keepWork(session: Session, node: RuntimeNode, keptWork: KeptWork): Promise<void> {
    try {
      await keptWork.save(session, node)
    } catch (error) {
      this.#options.logger.error({ session: session.id, err: error }, 'work could not be kept')
    }
  }

  async #remove(session: Session): Promise<void> {
    const { runtime, engine, logger } = this.#options
    for (;;)
      try {
        return await runtime.remove(session.id)
      } catch (error) {
        logger.warn({ session: session.id, err: error }, 'nodes not removed; trying again')
        await delay(removeAgain, undefined, { signal: this.#closing.signal })
        await engine.whenUp(this.#closing.signal)
      }
  }

  #newDeadline(): number {
    return this.#options.now() + this.#options.session_ms
  }
}

/** What the queue has to know of a session that has a place or wants one. */
export function holderOf({ session }: LiveSession): Holder {
  return {
    learner: session.learner,
    nodes: session.lab.manifest.nodes,
    endsBy: () => session.deadline,
  }
}
