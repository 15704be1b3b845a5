/** Brings what this server believes and what runs on the engine together: after a restart of either. */
import type { Logger } from 'pino'
import type { SessionState } from '../contract/sessions.ts'
import { RuntimeDown, type FoundSession, type Runtime } from '../runtime/port.ts'
import { holderOf, type Lifecycle } from './lifecycle.ts'
import type { LiveSession } from './live-session.ts'
import type { LiveSessions } from './live-sessions.ts'
import { isUsable } from './states.ts'
import type { StartQueue } from './start-queue.ts'

export const lostReason = 'Your lab was not running any more when the server came back.'
export const renewedMessage =
  'The lab engine was restarted and your lab began anew. Its files and containers are lost, finished tasks are kept.'

export const restartedMessage =
  'The lab engine was restarted, and your machine with it. Your files are there; shells ended, and so did the containers that you had running: `docker start` brings them back.'

export const nodeRestartedMessage =
  'A machine of your lab had stopped and was started again. Its files are there; shells on it ended, and so did the containers that it had running: `docker start` brings them back.'

export interface ReconcileOptions {
  runtime: Runtime
  lifecycle: Lifecycle
  queue: StartQueue
  logger: Logger
  /** When the server began or the engine was last away, in ms: what was attached to a terminal before is dead. */
  lostAt: number
  /** After each session that was dealt with. */
  onDone: (done: number, of: number) => void
  /** Aborted when the server ends: what is not taken over yet waits for the next one. */
  signal: AbortSignal
  /** Called for each session that is graded again, which begins when it resolves: checks of the first would hold up the shells of the last. */
  awaitTurn?: () => Promise<void>
}

/** How the database left a session that this server has not found on the engine yet. */
export interface Restored {
  state: SessionState
  reason: string | null
  resume: boolean
}

/** `lives`: all sessions of this server. `restored`: those of them that come from the database; those that were dealt with leave it. */
export async function reconcile(
  lives: LiveSessions,
  restored: Map<LiveSession, Restored>,
  options: ReconcileOptions,
): Promise<void> {
  const { runtime, logger, lifecycle } = options
  const found = new Map((await runtime.list()).map((session) => [session.session, session]))
  for (const id of found.keys())
    if (!lives.get(id)) {
      logger.info({ session: id }, 'removing a session that nobody owns')
      await runtime.remove(id).catch((err: unknown) => logger.error({ session: id, err }, 'not removed'))
    }
  // Nobody waits for a lab that only has to end, and its stopped nodes start as slowly as any, so that its work can be kept.
  const ends = (live: LiveSession) => Number(restored.get(live)?.state === 'stopping')
  const all = lives.all().toSorted((a, b) => ends(a) - ends(b))
  for (const [i, live] of all.entries()) {
    if (options.signal.aborted) return
    const before = restored.get(live)
    const now = found.get(live.session.id)
    try {
      if (before) await restore(live, before, now, options)
      else if (isUsable(live.session.state)) await recover(live, now, options)
      restored.delete(live)
    } catch (error) {
      logger.error({ session: live.session.id, err: error }, 'session could not be taken over')
      // An engine that went away again is no reason to give up: the next time it is there, this runs again.
      if (error instanceof RuntimeDown) continue
      restored.delete(live)
      void lifecycle.end(live, lostReason)
    } finally {
      options.onDone(i + 1, all.length)
    }
  }
}

/** The server was restarted. */
async function restore(
  live: LiveSession,
  { state, reason, resume }: Restored,
  found: FoundSession | undefined,
  options: ReconcileOptions,
): Promise<void> {
  const { lifecycle, queue, runtime } = options
  const { session } = live
  if (state === 'starting') {
    // Without a container there may still be a network or a disk.
    await runtime.remove(session.id)
    lifecycle.begin(live, { resume })
    return
  }
  live.ticket ??= queue.occupy(holderOf(live))
  if (!found?.nodes) return void lifecycle.end(live, lostReason)
  session.touched = true
  await takeOver(live, found, options)
  if (state === 'stopping') void lifecycle.end(live, reason ?? lostReason)
}

/** The engine was away. */
async function recover(live: LiveSession, found: FoundSession | undefined, options: ReconcileOptions): Promise<void> {
  if (found?.nodes) return takeOver(live, found, options)
  renew(live, options)
}

/** A node stopped while engine and server were there. */
export async function recoverNodes(live: LiveSession, options: ReconcileOptions): Promise<void> {
  if (!isUsable(live.session.state)) return
  const found = (await options.runtime.list()).find(({ session }) => session === live.session.id)
  if (!found?.nodes) return renew(live, options)
  if (!found.complete) await takeOver(live, found, options, { message: nodeRestartedMessage, letGo: null })
}

/** Nodes that run are adopted as they are, stopped ones start again from their disks; what cannot start again begins anew. */
async function takeOver(
  live: LiveSession,
  found: FoundSession,
  options: ReconcileOptions,
  { message, letGo }: { message: string; letGo: number | null } = {
    message: found.stopped.length === found.nodes ? restartedMessage : nodeRestartedMessage,
    letGo: options.lostAt,
  },
): Promise<void> {
  const { lifecycle, runtime, logger, awaitTurn } = options
  const { session } = live
  if (!found.complete) session.notice = message
  try {
    await lifecycle.adopt(live, { restarted: found.stopped.includes('node1'), letGo, after: awaitTurn?.() })
    if (!found.complete) session.events.publish({ type: 'error', code: 'ENGINE_UNAVAILABLE', message })
    logger.info({ session: session.id, lab: session.lab.id, complete: found.complete }, 'session taken over')
  } catch (error) {
    await runtime.ping()
    logger.warn({ session: session.id, err: error }, 'nodes could not be taken over, they begin anew')
    renew(live, options)
  }
}

function renew(live: LiveSession, { lifecycle }: ReconcileOptions): void {
  live.session.notice = renewedMessage
  lifecycle.renew(live, { progress: renewedMessage, keepDone: true })
}
