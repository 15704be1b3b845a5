/** When sessions and the lab engine are brought together: as this server starts, when the engine is back, when a node stopped by itself. */
import { setTimeout as delay } from 'node:timers/promises'
import type { LiveSession } from './live-session.ts'
import { reconcile, recoverNodes, type ReconcileOptions, type Restored } from './reconcile.ts'
import type { SessionParts } from './session-parts.ts'

/** Milliseconds after the end of a node until it is started again: an engine that is being stopped ends its nodes first. */
const settle = 1000

/** Milliseconds between labs that are graded again after all were taken over: on two processors the checks of a lab take about as long. */
const apart = 200

export interface TakeOverOptions extends SessionParts {
  tick: () => Promise<void>
  /** Aborted when the server ends. */
  signal: AbortSignal
}

export function createTakeOver(options: TakeOverOptions) {
  const { runtime, engine, labs, lives, queue, lifecycle, store, logger, now, tick, signal } = options
  const restored = new Map<LiveSession, Restored>()
  let progress: { done: number; of: number } | null = { done: 0, of: 0 }
  /** One after the other. */
  let reconciling: Promise<void> = Promise.resolve()
  let lostAt = now()
  let unsubscribes: (() => void)[] = []

  async function load(): Promise<void> {
    for (const record of await store.unfinished()) {
      const lab = labs.get(record.lab)
      if (!lab) {
        await store.update(record.id, { state: 'gone', reason: 'This lab does not exist any more.', ended_at: now() })
        continue
      }
      const live = lives.add(record, lab, await store.tasks(record.id))
      live.session.tellProgress('Looking for your running lab.')
      restored.set(live, { state: record.state, reason: record.reason, resume: record.resumed === 1 })
    }
  }

  function reconcileAll(): Promise<void> {
    const all = Promise.withResolvers<void>()
    let turns = 0
    const awaitTurn = async () => {
      const turn = turns++
      await all.promise
      await delay(turn * apart, undefined, { signal }).catch(() => undefined)
    }
    const at = { ...reconcileOptions(), awaitTurn }
    reconciling = reconciling
      .then(() => reconcile(lives, restored, at))
      .then(() => tick())
      .catch((error: unknown) => logger.error({ err: error }, 'taking over what runs failed'))
      .finally(all.resolve)
    return reconciling
  }

  const reconcileOptions = (): ReconcileOptions => ({
    ...{ runtime, logger, lifecycle, queue, lostAt, signal },
    onDone: (done, of) => {
      if (progress) progress = { done, of }
    },
  })

  function onEngine(up: boolean): void {
    logger.warn({ up }, 'lab engine')
    if (!up) lostAt = now()
    if (up) void reconcileAll()
    const message = up
      ? 'The lab engine answers again.'
      : 'The lab engine does not answer. It may be restarting; your lab goes on when it is back.'
    for (const { session } of lives) session.events.publish({ type: 'engine', up, message })
  }

  /** A node of a session has stopped by itself: its learner may have turned it off, or the host ran out of memory. It is started again. */
  async function onNodeEnd(id: string): Promise<void> {
    await delay(settle)
    reconciling = reconciling
      .then(async () => {
        const live = lives.get(id)
        if (live && engine.up) await recoverNodes(live, reconcileOptions())
      })
      .catch((error: unknown) => logger.error({ err: error, session: id }, 'a node that stopped was not started again'))
  }

  return {
    /** Labs that ran before this server started and are dealt with, of how many; null from then on. */
    get progress() {
      return progress
    },

    /** Loads what the database knows and takes over what runs, now or as soon as the engine answers. */
    async open(): Promise<void> {
      await load()
      unsubscribes = [
        engine.changes.subscribe(onEngine),
        engine.nodeEnds.subscribe((session) => void onNodeEnd(session)),
      ]
      if (engine.up) await reconcileAll()
      if (!signal.aborted) progress = null
    },

    /** Nothing begins any more. */
    stop(): void {
      for (const unsubscribe of unsubscribes) unsubscribe()
    },

    /** Resolves when what has begun is done. */
    done: (): Promise<void> => reconciling,
  }
}
