/** What routes are given: the parts of the server, and an app that knows the schemas' types. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { errorBody } from '../contract/errors.ts'
import type { LearnerStore } from '../database/learner-store.ts'
import type { KeptWorkStore } from '../database/kept-work-store.ts'
import type { RecordStore } from '../database/record-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { AccessCode } from '../learners/access-code.ts'
import type { Identity } from '../learners/identity.ts'
import type { Newcomers } from '../learners/newcomers.ts'
import type { Availability } from '../sessions/availability.ts'
import type { EngineWatch } from '../sessions/engine-watch.ts'
import type { KeptWork } from '../sessions/kept-work.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Classroom } from '../workshops/classroom.ts'
import type { PreviewDoor } from '../preview/preview-door.ts'
import type { LearnerCookies } from './learner-cookies.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

export interface RouteContext {
  /** In the order of the curriculum. */
  labs: ReadonlyMap<string, Lab>
  sessions: Sessions
  availability: Availability
  engine: EngineWatch
  learners: LearnerStore
  records: RecordStore
  keptWork: KeptWorkStore
  /** The archives of it. */
  archives: Pick<KeptWork, 'archive'>
  /** How long kept work may be offered, in milliseconds. */
  keep_ms: number
  cookies: LearnerCookies
  /** Rejects while the database does not answer. */
  reachDatabase: () => Promise<void>
  access: AccessCode
  identity: Identity
  newcomers: Newcomers
  classroom: Classroom
  /** Null: this server has neither host names nor ports for them. */
  previews: PreviewDoor | null
  logger: Logger
  now: () => number
}

/** What every route may answer besides its own. */
export const refusals = { '4xx': errorBody, '5xx': errorBody } as const
