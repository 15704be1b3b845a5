/** What sessions are made of: what the server gives them, what an operator limits, and what their parts share. */
import type { Logger } from 'pino'
import type { LearnerStore } from '../database/learner-store.ts'
import type { SessionStore } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { Runtime } from '../runtime/port.ts'
import type { Availability } from './availability.ts'
import type { ExpiryLimits } from './decide-expiry.ts'
import type { EngineWatch } from './engine-watch.ts'
import type { KeptWork } from './kept-work.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { Maintenance } from './maintenance.ts'
import type { PoolDemand } from './pool-demand.ts'
import type { PoolLimits } from './pool-size.ts'
import type { QueueLimits, StartQueue } from './start-queue.ts'

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

export interface SessionParts extends SessionsOptions {
  lives: LiveSessions
  queue: StartQueue
  lifecycle: Lifecycle
  demand: PoolDemand
  /** Ends one that is not over, for good. `reason` is for people. */
  end: (id: string, reason: string) => Promise<void>
}
