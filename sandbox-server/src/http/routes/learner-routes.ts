/** What learners tell about themselves: the access code of this server, and that they leave for good. */
import { z } from 'zod'
import { networkOf } from '../../learners/network-address.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const code = z.strictObject({ code: z.string().min(1).max(200) })

export function registerLearnerRoutes(app: App, { sessions, cookies, access, learners }: RouteContext): void {
  const enter = { schema: { body: code, response: { 204: z.null(), ...refusals } } }
  app.post('/api/access', enter, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    access.verify(request.body.code, networkOf(request.ip))
    if (access.mark !== null) await learners.admit(learner, access.mark)
    return await reply.code(204).send(null)
  })

  /** Ends all labs and removes what is known of the learner: kept work, progress, answers, the cookie. */
  app.delete('/api/learner', { schema: { response: { 204: z.null(), ...refusals } } }, async (request, reply) => {
    await sessions.forget(cookies.require(request))
    cookies.forget(reply)
    return await reply.code(204).send(null)
  })
}
