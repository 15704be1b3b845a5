/** What learners tell about themselves, and may know of what is stored: the access code, everything in figures and as a file, and that they leave for good. */
import { z } from 'zod'
import { learnerSummary } from '../../contract/identity.ts'
import { learnerExport, maxImport } from '../../contract/learner-export.ts'
import { networkOf } from '../../learners/network-address.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const code = z.strictObject({ code: z.string().min(1).max(200) })

export function registerLearnerRoutes(app: App, context: RouteContext): void {
  const { sessions, cookies, access, learners, identity, keptWork, archives, now } = context
  const enter = { schema: { body: code, response: { 204: z.null(), ...refusals } } }
  app.post('/api/access', enter, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    access.verify(request.body.code, networkOf(request.ip))
    if (access.mark !== null) await learners.admit(learner, access.mark)
    return await reply.code(204).send(null)
  })

  const about = { schema: { response: { 200: learnerSummary, ...refusals } } }
  app.get('/api/learner', about, async (request, reply) => identity.summary(cookies.welcome(request, reply)))

  const file = { schema: { response: { 200: learnerExport, ...refusals } } }
  app.get('/api/learner/export', file, async (request, reply) => {
    const day = new Date(now()).toISOString().slice(0, 10)
    reply.header('content-disposition', `attachment; filename="drydock-${day}.json"`)
    // As it is: what an older version has stored in another form must not keep anybody from having it.
    reply.serializer(JSON.stringify).type('application/json; charset=utf-8')
    return await identity.export(cookies.welcome(request, reply))
  })

  const take = { bodyLimit: maxImport, schema: { response: { 200: learnerSummary, ...refusals } } }
  app.post('/api/learner/import', take, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    await identity.import(learner, networkOf(request.ip), request.body)
    return await identity.summary(learner)
  })

  /** A work folder that is kept, as a tar: the export tells of it and does not hold it. */
  const folder = { schema: { params: z.object({ session: z.string().max(100) }) } }
  app.get('/api/learner/kept/:session', folder, async (request, reply) => {
    const kept = await keptWork.ofLearner(cookies.require(request))
    const one = kept.find(({ session, bytes }) => session === request.params.session && bytes > 0)
    const archive = one && (await archives.archive(one.session))
    if (!archive) throw new Refusal('NOT_FOUND', 'No work of this lab is kept any more.')
    reply.header('content-disposition', `attachment; filename="${one.lab.replace('/', '-')}.tar"`)
    return await reply.type('application/x-tar').send(archive)
  })

  /** Ends all labs and removes what is known of the learner: kept work, progress, answers, cards, interviews, the cookie. */
  app.delete('/api/learner', { schema: { response: { 204: z.null(), ...refusals } } }, async (request, reply) => {
    await sessions.forget(cookies.require(request))
    await context.classroom.reload()
    cookies.forget(reply)
    return await reply.code(204).send(null)
  })
}
