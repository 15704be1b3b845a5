/** The sessions of this server that are not over, failed ones included: who has which. */
import type { SessionView } from '../contract/sessions.ts'
import type { SessionRecord } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { SavedTask } from '../grading/task-board.ts'
import { Refusal } from '../refusal.ts'
import { createLiveSession, type LiveSession, type LiveSessionOptions } from './live-session.ts'
import type { Session } from './session.ts'
import { isActive, isUsable } from './states.ts'

export class LiveSessions {
  readonly #byId = new Map<string, LiveSession>()
  readonly #options: Omit<LiveSessionOptions, 'record' | 'lab' | 'saved'>

  constructor(options: Omit<LiveSessionOptions, 'record' | 'lab' | 'saved'>) {
    this.#options = options
  }

  [Symbol.iterator](): Iterator<LiveSession> {
    return this.#byId.values()
  }

  all(): LiveSession[] {
    return [...this]
  }

  get(id: string): LiveSession | undefined {
    return this.#byId.get(id)
  }

  add(record: SessionRecord, lab: Lab, saved: readonly SavedTask[]): LiveSession {
    const live = createLiveSession({ record, lab, saved, ...this.#options })
    this.#byId.set(record.id, live)
    return live
  }

  delete(id: string): void {
    this.#byId.delete(id)
  }

  /** The learner's session, with its grading. Throws `SESSION_UNKNOWN` for what is another's, `SESSION_ENDED` for what is over. */
  async find(learner: string, id: string): Promise<LiveSession> {
    const live = this.#byId.get(id)
    if (live?.session.learner === learner) return live
    const record = live ? undefined : await this.#options.store.find(id)
    if (record?.learner !== learner) throw new Refusal('SESSION_UNKNOWN')
    throw new Refusal('SESSION_ENDED', record.reason ?? undefined)
  }

  /** One that runs, whoever asks: for those who have shown a key to it. */
  running(id: string): Session | undefined {
    const session = this.#byId.get(id)?.session
    return session && isUsable(session.state) ? session : undefined
  }

  viewsOf(learner: string): SessionView[] {
    return this.all().flatMap(({ session }) => (session.learner === learner ? [session.view()] : []))
  }

  activeOf(learner: string): LiveSession[] {
    return this.all().filter((l) => l.session.learner === learner && isActive(l.session.state))
  }

  /** Ends that are under way, and with them the work that may be resumed. */
  async endingsOf(learner: string, lab: Lab): Promise<void> {
    const same = this.all().filter((l) => l.session.learner === learner && l.session.lab === lab)
    await Promise.all(same.flatMap((l) => l.ending ?? []))
  }
}
