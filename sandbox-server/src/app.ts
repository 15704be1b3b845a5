/** The whole server on one screen: what it is made of and how the parts know each other. Opens no port and reads no environment. */
import type { Banked } from '@drydock/kit/quiz'
import type { Quiz } from '@drydock/kit/quiz-schema'
import cookie from '@fastify/cookie'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import path from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { createCardStore } from './database/card-store.ts'
import { createClassStore } from './database/class-store.ts'
import { createInterviewStore } from './database/interview-store.ts'
import { createIdentityStore } from './database/identity-store.ts'
import { createKeptWorkStore } from './database/kept-work-store.ts'
import { createLearnerStore } from './database/learner-store.ts'
import { createMistakeStore } from './database/mistake-store.ts'
import { openDatabase, reachDatabase } from './database/open-database.ts'
import { createQuizStore } from './database/quiz-store.ts'
import { createRecordStore } from './database/record-store.ts'
import { createSessionStore } from './database/session-store.ts'
import { createWorkshopStore } from './database/workshop-store.ts'
import type { Lab } from './grading/lab.ts'
import type { App } from './http/context.ts'
import { answerBadAddress, registerErrorAnswers } from './http/error-answers.ts'
import { registerLearnerCookies } from './http/learner-cookies.ts'
import { registerOpenApi } from './http/openapi.ts'
import { registerOriginCheck } from './http/origin.ts'
import { createPreviewPorts } from './http/preview-ports.ts'
import { createPreviewServer } from './http/preview-server.ts'
import { registerAttendRoutes } from './http/routes/attend-routes.ts'
import { registerFileRoutes } from './http/routes/file-routes.ts'
import { registerHealthRoutes } from './http/routes/health-routes.ts'
import { registerIdentityRoutes } from './http/routes/identity-routes.ts'
import { registerInterviewRoutes } from './http/routes/interview-routes.ts'
import { registerLabRoutes } from './http/routes/lab-routes.ts'
import { registerLearnerRoutes } from './http/routes/learner-routes.ts'
import { registerLookRoutes } from './http/routes/look-routes.ts'
import { registerOperatorRoutes } from './http/routes/operator-routes.ts'
import { registerPracticeRoutes } from './http/routes/practice-routes.ts'
import { registerPreviewRoutes } from './http/routes/preview-routes.ts'
import { registerQuizRoutes } from './http/routes/quiz-routes.ts'
import { registerSessionRoutes } from './http/routes/session-routes.ts'
import { registerSignInRoutes } from './http/routes/sign-in-routes.ts'
import { registerSocketRoutes } from './http/routes/socket-routes.ts'
import { registerTaskRoutes } from './http/routes/task-routes.ts'
import { registerTeachRoutes } from './http/routes/teach-routes.ts'
import { registerWallRoutes } from './http/routes/wall-routes.ts'
import { registerXrayRoutes } from './http/routes/xray-routes.ts'
import { registerSecurityHeaders } from './http/security-headers.ts'
import { registerSite } from './http/site.ts'
import { refuseWhileTakingOver } from './http/taking-over.ts'
import { registerSockets } from './http/sockets.ts'
import { createInterviews } from './interviews/interviews.ts'
import { createAccessCode } from './learners/access-code.ts'
import { createIdentity } from './learners/identity.ts'
import { loadSecret } from './learners/load-secret.ts'
import { createNewcomers } from './learners/newcomers.ts'
import { createSignIn } from './learners/sign-in.ts'
import { createMetrics } from './operator/metrics.ts'
import { createOperatorKey } from './operator/operator-key.ts'
import { createPractice } from './practice/practice.ts'
import { createNameDoor } from './preview/name-door.ts'
import { createPortDoor } from './preview/port-door.ts'
import { PreviewProxy } from './preview/preview-proxy.ts'
import type { Runtime } from './runtime/port.ts'
import { createAvailability } from './sessions/availability.ts'
import { EngineWatch } from './sessions/engine-watch.ts'
import { createKeptWork } from './sessions/kept-work.ts'
import { openMaintenance } from './sessions/maintenance.ts'
import { createSessions } from './sessions/sessions.ts'
import { createClassroom } from './workshops/classroom.ts'

export interface AppOptions {
  config: Config
  runtime: Runtime
  /** In the order of the curriculum. */
  labs: ReadonlyMap<string, Lab>
  /** By the id of their lesson. */
  quizzes?: ReadonlyMap<string, Quiz>
  /** The interview bank. */
  bank?: ReadonlyMap<string, Banked>
  logger: Logger
  now?: () => number
  /** Milliseconds of a clock that nobody can set. */
  steady?: () => number
  /** Milliseconds between two looks at which sessions are over. */
  tick_ms?: number
}

/** Longest body of a request, in bytes. */
const bodyLimit = 16_384

/**
 * `app.close()` finishes requests, closes sockets so that clients come back, and leaves labs running. Until `takeOver()` has resolved,
 * the site is served, and the API says how far it is.
 */
export async function createApp({
  config,
  runtime,
  labs,
  quizzes = new Map(),
  bank = new Map(),
  logger,
  now = Date.now,
  steady = () => performance.now(),
  tick_ms = 5000,
}: AppOptions): Promise<{
  app: App
  listen: (at: { port: number; host: string }) => Promise<void>
  takeOver: () => Promise<void>
}> {
  const { instance, PUBLIC_URL: publicUrl, DRYDOCK_KEEP_WORK: keep_ms, DRYDOCK_EMBED_ORIGINS: embedders } = config
  const db = await openDatabase(config.database, (err) => logger.warn({ err }, 'a connection to the database was lost'))
  const stores = { store: createSessionStore(db), learners: createLearnerStore(db), kept: createKeptWorkStore(db) }
  const engine = await EngineWatch.open(runtime, (err) => logger.error({ err }, 'listener failed'))
  const availability = createAvailability({
    runtime,
    capabilityFile: path.join(instance.state, 'capabilities.json'),
    openNetwork: config.DRYDOCK_OPEN_NETWORK === 'true',
    now,
  })
  const keptWork = createKeptWork({
    folder: instance.work,
    maxBytes: config.DRYDOCK_KEEP_WORK_SIZE,
    ...{ keep_ms, store: stores.kept, logger, now },
  })
  const limits = sessionLimits(config)
  const { store, learners } = stores
  const parts = { runtime, engine, labs, availability, store, learners, keptWork, limits, logger, now, steady, tick_ms }
  const sessions = createSessions({ ...parts, maintenance: openMaintenance(instance.state) })
  const metrics = createMetrics(sessions, engine)
  const key = createOperatorKey(instance.state)

  const loggerInstance: FastifyBaseLogger = logger
  const previewServer = createPreviewServer()
  const app: App = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parseTrust(config.TRUST_PROXY),
    bodyLimit,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: answerBadAddress,
    forceCloseConnections: 'idle',
    serverFactory: previewServer.create,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  registerErrorAnswers(app)
  await registerSockets(app, previewServer.upgrades)
  await registerSecurityHeaders(app, publicUrl)
  registerOriginCheck(app, publicUrl)
  refuseWhileTakingOver(app, sessions)
  await app.register(cookie)
  const secret = await loadSecret(instance.state)
  const identities = createIdentityStore(db)
  const { isRetired } = identities
  const embedded = embedders.length > 0
  const newcomers = createNewcomers(config.DRYDOCK_NEW_LEARNERS_PER_ADDRESS, logger, now)
  const cookies = registerLearnerCookies(app, { secret, publicUrl, learners, newcomers, isRetired, embedded, now })
  await registerOpenApi(app, publicUrl)

  const { previewDomain: domain, previewPorts: range } = config
  const byPort = range && createPortDoor({ range, publicUrl, steady })
  const previews = domain === null ? byPort : createNameDoor({ domain, publicUrl, secret, now })
  const proxy = previews && new PreviewProxy({ door: previews, findSession: (id) => sessions.running(id) })
  const previewPorts = range && previews && proxy && createPreviewPorts(range, previews, proxy)
  if (proxy && !previewPorts) previewServer.use(proxy)
  const classroom = createClassroom({
    ...{ store: createWorkshopStore(db), classes: createClassStore(db), sessions, labs, quizzes },
    ...{ subjects: config.DRYDOCK_INSTRUCTORS, publicUrl, runtime, engine, logger, now, steady, tick_ms },
    ...{ places: config.DRYDOCK_MAX_SESSIONS, starts: config.DRYDOCK_PARALLEL_STARTS },
  })
  const identity = createIdentity({
    ...{ store: identities, learners, keptWork: stores.kept, sessions, sources: { bank, quizzes, labs } },
    onJoined: classroom.reload,
    ...{ accountName: config.DRYDOCK_OIDC_ISSUER === undefined ? null : config.DRYDOCK_OIDC_NAME, now },
  })
  const { DRYDOCK_OIDC_ISSUER: issuer, DRYDOCK_OIDC_CLIENT_ID: clientId } = config
  const signIn =
    issuer === undefined || clientId === undefined
      ? null
      : createSignIn({
          ...{ issuer, clientId, clientSecret: config.DRYDOCK_OIDC_CLIENT_SECRET, publicUrl, secret },
          ...{ store: identities, learners, identity, logger, now },
        })
  const context = {
    previews,
    labs,
    sessions,
    availability,
    engine,
    learners,
    records: createRecordStore(db),
    keptWork: stores.kept,
    archives: keptWork,
    keep_ms,
    cookies,
    reachDatabase: () => reachDatabase(db),
    access: createAccessCode(config.DRYDOCK_ACCESS_CODE, now),
    identity,
    newcomers,
    classroom,
    logger,
    now,
  }
  registerHealthRoutes(app, context)
  registerLabRoutes(app, context)
  registerSessionRoutes(app, context)
  registerTaskRoutes(app, context)
  registerPreviewRoutes(app, context)
  registerFileRoutes(app, context)
  registerXrayRoutes(app, context)
  registerSocketRoutes(app, context)
  registerLearnerRoutes(app, context)
  registerIdentityRoutes(app, context, signIn)
  registerSignInRoutes(app, context, { signIn, publicUrl })
  registerQuizRoutes(app, context, { quizzes, answers: createQuizStore(db) })
  const cards = createCardStore(db)
  const practice = createPractice({ sources: { bank, quizzes, labs }, cards, mistakes: createMistakeStore(db), now })
  registerPracticeRoutes(app, context, practice)
  const interviews = createInterviews({ bank, labs, sessions, store: createInterviewStore(db), now, steady })
  registerInterviewRoutes(app, context, interviews)
  registerTeachRoutes(app, context, classroom)
  registerAttendRoutes(app, context, classroom)
  registerWallRoutes(app, context, classroom)
  registerLookRoutes(app, context, classroom)
  registerOperatorRoutes(app, context, { key, metrics, metricsToken: config.DRYDOCK_METRICS_TOKEN, publicUrl })
  await registerSite(app, { folder: config.DRYDOCK_SITE, publicUrl, previews: previews?.frames ?? null, embedders })

  app.addHook('onClose', async () => {
    previewPorts?.close()
    await classroom.close()
    await sessions.close()
    engine.close()
    metrics.close()
    key.close()
    await runtime.close()
    await db.destroy()
  })
  return {
    app,
    async listen(at) {
      await app.listen(at)
      await previewPorts?.listen(at.host)
    },
    async takeOver() {
      await classroom.open()
      await sessions.open()
    },
  }
}

function sessionLimits(config: Config) {
  return {
    queue: {
      places: config.DRYDOCK_MAX_SESSIONS,
      starts: config.DRYDOCK_PARALLEL_STARTS,
      waiting: config.DRYDOCK_MAX_QUEUE,
      session_ms: config.DRYDOCK_SESSION_TIME,
    },
    pool: { least: config.DRYDOCK_POOL_MIN, most: config.DRYDOCK_POOL_MAX },
    per_learner: config.DRYDOCK_SESSIONS_PER_LEARNER,
    per_address: config.DRYDOCK_SESSIONS_PER_ADDRESS,
    session_ms: config.DRYDOCK_SESSION_TIME,
    idle_ms: config.DRYDOCK_IDLE_TIME,
    hidden_idle_ms: config.DRYDOCK_HIDDEN_IDLE_TIME,
    warning_ms: config.DRYDOCK_WARNING,
    extend_ms: config.DRYDOCK_EXTENSION,
    extensions: config.DRYDOCK_EXTENSIONS,
  }
}

const parseTrust = (text: string): boolean | string[] =>
  text === 'true' || text === 'false' ? text === 'true' : text.split(',').map((part) => part.trim())
