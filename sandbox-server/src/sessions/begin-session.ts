/** How a learner comes to a session: the one of this lab that is there already, or a new one where there is room for it. */
import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { createSession, SessionView } from '../contract/sessions.ts'
import type { SessionRecord } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import type { LiveSession } from './live-session.ts'
import type { SessionParts } from './session-parts.ts'
import { isActive } from './states.ts'

/**
 * `fresh`: a new session of the lab with this seed, whatever of it runs or was kept. `before`: a new one begins where this task does, or
 * with all done for null.
 */
export type SessionWish = z.infer<typeof createSession> & { fresh?: { seed: number }; before?: string | null }

export type BeginSession = ReturnType<typeof createBeginSession>

export function createBeginSession(parts: SessionParts) {
  const { labs, availability, engine, lives, queue, lifecycle, demand, store, limits, logger, now, end } = parts

  async function requireAvailable(lab: Lab): Promise<void> {
    const available = await availability(lab)
    if (available.state === 'building') throw new Refusal('LAB_NOT_BUILT', available.reason)
    if (available.state === 'unsupported') throw new Refusal('LAB_UNSUPPORTED', available.reason)
  }

  /** `leaving`: the one that makes place for it. */
  function requireRoom(address: string, leaving: LiveSession | undefined): void {
    const near = lives.all().filter((l) => l !== leaving && l.address === address && isActive(l.session.state))
    if (limits.per_address > 0 && near.length >= limits.per_address)
      throw new Refusal(
        'TOO_MANY',
        `From your network address ${near.length} labs run already, and this server allows no more. Try again when one of them has ended.`,
      )
    if (queue.full) throw new Refusal('TOO_MANY', 'Too many learners are waiting already. Try again in a few minutes.')
  }

  function forgetFailed(learner: string, except: LiveSession): void {
    for (const live of lives)
      if (live !== except && live.session.learner === learner && live.session.state === 'failed')
        void end(live.session.id, live.session.reason ?? '')
  }

  const createRecord = (learner: string, lab: Lab, { resume, fresh }: SessionWish): SessionRecord => ({
    id: randomBytes(8).toString('hex'),
    learner,
    lab: lab.id,
    state: 'starting',
    seed: fresh?.seed ?? randomInt(2 ** 31),
    created_at: now(),
    ready_at: null,
    resumed: resume ? 1 : 0,
    deadline: null,
    extensions_left: limits.extensions,
    reason: null,
    ended_at: null,
    copy_of: null,
  })

  /**
   * Answers at once with the session that starts, or with the one of this lab that is there already. `address`: of the network that
   * it is asked from; it is forgotten with the session.
   */
  return async function beginSession(
    learner: string,
    wish: SessionWish,
    address: string,
  ): Promise<{ session: SessionView; created: boolean }> {
    const lab = labs.get(wish.lab)
    if (!lab) throw new Refusal('LAB_UNKNOWN')
    const running = lives.activeOf(learner).find((live) => live.session.lab === lab)
    if (running && !wish.fresh) return { session: running.session.view(), created: false }
    await requireAvailable(lab)
    if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    if (queue.paused) throw new Refusal('MAINTENANCE')

    // From here to the entry among the live ones nothing waits: two requests at once must not both find room.
    const active = lives.activeOf(learner)
    const meanwhile = active.find((live) => live.session.lab === lab)
    if (meanwhile && !wish.fresh) return { session: meanwhile.session.view(), created: false }
    const leaving = meanwhile ?? (active.length >= limits.per_learner ? active[0] : undefined)
    if (leaving && !wish.replace) {
      const { id, lab } = leaving.session
      throw new Refusal('SESSION_LIMIT', undefined, { session: id, lab: lab.id })
    }
    requireRoom(address, leaving)
    const record = createRecord(learner, lab, wish)
    const live = lives.add(record, lab, [])
    live.address = address
    if (leaving) void end(leaving.session.id, 'You started another lab.')
    forgetFailed(learner, live)
    const earlier = lives.endingsOf(learner, lab)
    const { nodes, limits: size } = lab.manifest
    demand.note({ at: record.created_at, nodes, disk_mb: size.disk_mb })
    const stored = store.insert(record)
    live.work = stored.catch(() => undefined)
    await stored.catch((error: unknown) => {
      lives.delete(record.id)
      throw error
    })
    logger.info({ session: record.id, lab: lab.id, resumed: wish.resume }, 'session created')
    if (!live.session.over.signal.aborted) lifecycle.begin(live, { resume: wish.resume, earlier, before: wish.before })
    return { session: live.session.view(), created: true }
  }
}
