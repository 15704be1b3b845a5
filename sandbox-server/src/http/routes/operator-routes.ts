/** For the operator alone: sessions with what they take, their end, maintenance; and figures for Prometheus. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  endSessions,
  makeInstructor,
  operatorView,
  setMaintenance,
  type OperatorSession,
} from '../../contract/operator.ts'
import { teachingLink } from '../../contract/workshops.ts'
import { isBearer, type OperatorKey } from '../../operator/operator-key.ts'
import type { Metrics } from '../../operator/metrics.ts'
import { Refusal } from '../../refusal.ts'
import type { LiveSession } from '../../sessions/live-session.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export interface OperatorOptions {
  key: OperatorKey
  metrics: Metrics
  metricsToken: string | undefined
  publicUrl: string
}

const operatorName = 'Whoever runs this server'
const endedByOperator = `${operatorName} ended your lab.`

export function registerOperatorRoutes(
  app: App,
  { sessions, classroom, logger }: RouteContext,
  { key, metrics, metricsToken, publicUrl }: OperatorOptions,
): void {
  async function requireOperator({ headers }: FastifyRequest): Promise<void> {
    if (!key.opens(headers.authorization))
      throw new Refusal('FORBIDDEN', 'This is for whoever runs this server: `npm run sessions` on its machine.')
  }

  async function describe(live: LiveSession): Promise<OperatorSession> {
    const { id, lab, learner, state, createdAt, deadline, nodes } = live.session
    const used = nodes.length > 0 ? await sessions.usage(id).catch(() => null) : null
    const { memory, disk } = used ?? { memory: null, disk: null }
    const { queue_place } = live.session.view()
    return {
      ...{ id, lab: lab.id, learner: learner.slice(0, 6), state, nodes: lab.manifest.nodes, queue_place },
      ...{ created_at: createdAt, deadline, memory, disk },
    }
  }

  async function view() {
    const all = sessions.all().toSorted((a, b) => a.session.createdAt - b.session.createdAt)
    const { free, waiting, paused } = sessions.queue
    const described = await Promise.all(all.map(describe))
    return {
      maintenance: paused,
      free,
      queue: waiting,
      warm: sessions.warm,
      sessions: described,
      workshops: classroom.holding(),
    }
  }

  const answers = { response: { 200: operatorView, ...refusals } }
  app.get('/api/operator/sessions', { schema: answers, onRequest: requireOperator }, view)

  /** Answers at once; the ends go on. */
  const ending = z.object({ ending: z.int(), workshops: z.int() })
  const end = { schema: { body: endSessions, response: { 200: ending, ...refusals } } }
  app.post('/api/operator/end', { ...end, onRequest: requireOperator }, async (request) => {
    const wanted = request.body.session
    const room = classroom.rooms.all().find(({ id }) => id === wanted)
    if (room) {
      await classroom.planning.move(room, 'ended', operatorName)
      logger.warn({ workshop: room.id }, 'ended by the operator')
      return { ending: 0, workshops: 1 }
    }
    const chosen = sessions.all().filter(({ session }) => wanted === 'all' || session.id === wanted)
    if (chosen.length === 0 && wanted !== 'all')
      throw new Refusal('SESSION_UNKNOWN', `There is no session or workshop ${wanted}.`)
    for (const { session } of chosen) void sessions.end(session.id, endedByOperator)
    logger.warn({ sessions: chosen.length }, 'ended by the operator')
    return { ending: chosen.length, workshops: 0 }
  })

  const drain = { schema: { body: setMaintenance, ...answers }, onRequest: requireOperator }
  app.post('/api/operator/maintenance', drain, async (request) => {
    await sessions.drain(request.body.begun)
    return await view()
  })

  /** A link that makes whoever opens it an instructor, once. */
  const instructor = {
    body: makeInstructor,
    response: { 200: z.object({ link: teachingLink.nullable() }), ...refusals },
  }
  app.post('/api/operator/instructor', { schema: instructor, onRequest: requireOperator }, async (request) => ({
    link: request.body.first && classroom.rooms.anyInstructor ? null : await classroom.teaching.makeLink(),
  }))

  app.get('/metrics', async (request, reply) => {
    const byToken = metricsToken !== undefined && isBearer(request.headers.authorization, metricsToken)
    if (!byToken && !isFromHere(request, publicUrl))
      throw new Refusal('FORBIDDEN', 'Figures are read on this machine, or with the token in DRYDOCK_METRICS_TOKEN.')
    return await reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.read())
  })
}

const loopback = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/

/** A server that others reach has a proxy before it, through which everyone seems to come from this machine. */
function isFromHere(request: FastifyRequest, publicUrl: string): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => request.headers[name] !== undefined)
  const { hostname } = new URL(publicUrl)
  return !forwarded && loopback.test(hostname) && loopback.test(request.socket.remoteAddress ?? '')
}
