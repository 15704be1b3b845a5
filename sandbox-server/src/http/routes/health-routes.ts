/** `GET /api/health`: can a learner start a lab here? */
import { health } from '../../contract/health.ts'
import type { Lab } from '../../grading/lab.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export function registerHealthRoutes(app: App, context: RouteContext): void {
  app.get('/api/health', { schema: { response: { 200: health, ...refusals } } }, async (_request, reply) => {
    await requireStartable(context)
    await context.reachDatabase()
    const { free, waiting } = context.sessions.queue
    reply.header('cache-control', 'no-store')
    const { warm, queue } = context.sessions
    return { status: 'ok' as const, free, queue: waiting, warm, maintenance: queue.paused }
  })
}

/** The first lab that this host can run decides: until its images are there nobody can begin. A full server is healthy. */
async function requireStartable({ labs, engine, availability }: RouteContext): Promise<void> {
  if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE', 'The lab engine does not answer, so no lab can start.')
  let unsupported: { lab: Lab; reason: string } | undefined
  for (const lab of labs.values()) {
    const available = await availability(lab)
    if (available.state === 'ready') return
    if (available.state === 'building') throw new Refusal('LAB_NOT_BUILT', available.reason)
    unsupported ??= { lab, reason: available.reason }
  }
  if (unsupported) throw new Refusal('LAB_UNSUPPORTED', `No lab can ever start on this host. ${unsupported.reason}`)
  throw new Refusal('LAB_UNSUPPORTED', 'No lab can ever start here: there is none that could be loaded.')
}
