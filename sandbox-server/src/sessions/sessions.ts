/** All sessions of this server on one screen: what they are made of, and what may be done with them. */
import { Channel } from './channel.ts'
import { createBeginAnew } from './begin-anew.ts'
import { createBeginSession } from './begin-session.ts'
import { createDeeds } from './deeds.ts'
import { createHandOver } from './hand-over.ts'
import { Lifecycle } from './lifecycle.ts'
import { LiveSessions } from './live-sessions.ts'
import { createPoolDemand } from './pool-demand.ts'
import type { SessionParts, SessionsOptions } from './session-parts.ts'
import { createSessionTime } from './session-time.ts'
import { StartQueue } from './start-queue.ts'
import { createTakeOver } from './take-over.ts'
import { createTick } from './tick.ts'

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(options: SessionsOptions) {
  const { runtime, engine, store, keptWork, maintenance, logger, now, limits, tick_ms } = options
  const { session_ms, extend_ms } = limits
  const onError = (err: unknown) => logger.error({ err }, 'listener failed')
  const started = new Channel<number>(onError)
  const ended = new Channel<'ended' | 'failed'>(onError)
  const queue = new StartQueue(limits.queue, now)
  queue.pause(maintenance.begun)
  const lives = new LiveSessions({ extend_ms, store, logger, now })
  const lifecycle = new Lifecycle({
    ...{ runtime, engine, store, keptWork, queue, session_ms, logger, now },
    onStarted: (ms) => started.publish(ms),
    onFailed: () => ended.publish('failed'),
    onGone: (live) => {
      lives.delete(live.session.id)
      ended.publish('ended')
    },
  })
  const end = async (id: string, reason: string): Promise<void> => {
    const live = lives.get(id)
    if (live) await lifecycle.end(live, reason)
  }
  const demand = createPoolDemand(limits.pool, queue, now)
  const parts: SessionParts = { ...options, lives, queue, lifecycle, demand, end }
  const tick = createTick(parts)
  const beginSession = createBeginSession(parts)
  const closing = new AbortController()
  const takeOver = createTakeOver({ ...parts, tick, signal: closing.signal })
  let timer: NodeJS.Timeout | undefined

  return {
    queue,
    /** Milliseconds that a session took to start, from its turn on. */
    started,
    ended,
    create: beginSession,
    end,
    ...createBeginAnew({ ...parts, beginSession }),
    ...createDeeds(parts),
    ...createHandOver(parts),
    ...createSessionTime({ ...parts, tick }),
    expect: demand.expect,
    all: () => lives.all(),
    find: (learner: string, id: string) => lives.find(learner, id),
    running: (id: string) => lives.running(id),
    ofLearner: (learner: string) => lives.viewsOf(learner),
    usage: (session: string) => runtime.usage(session),

    /** Sets of nodes that are booted ahead and wait for a session. */
    get warm(): number {
      return runtime.warm
    },
    /** How far it is with what ran before this server started; null when that is dealt with. */
    get takingOver() {
      return takeOver.progress
    },

    /** No new labs begin, or they do again; what runs goes on. Holds over restarts of the server. */
    async drain(begun: boolean): Promise<void> {
      await maintenance.set(begun)
      queue.pause(begun)
      logger.warn({ begun }, 'maintenance')
      await tick()
    },

    async open(): Promise<void> {
      await takeOver.open()
      if (closing.signal.aborted) return
      timer = setInterval(() => {
        tick().catch((error: unknown) => logger.error({ err: error }, 'looking for what is over failed'))
      }, tick_ms)
    },

    async close(): Promise<void> {
      closing.abort()
      clearInterval(timer)
      takeOver.stop()
      await lifecycle.close(lives.all())
      await takeOver.done()
    },
  }
}
