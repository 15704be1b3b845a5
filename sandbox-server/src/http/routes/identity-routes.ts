/** How a learner is found again in another browser: by a code. And that this browser forgets who it belongs to. */
import { z } from 'zod'
import { giveRecoveryCode, joinView, learnerSummary, left, newCode } from '../../contract/identity.ts'
import type { SignIn } from '../../learners/sign-in.ts'
import { networkOf } from '../../learners/network-address.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export function registerIdentityRoutes(app: App, context: RouteContext, signIn: SignIn | null): void {
  const { cookies, identity, learners, newcomers, now } = context
  const make = { schema: { response: { 201: newCode, ...refusals } } }
  app.post('/api/learner/code', make, async (request, reply) => {
    const code = await identity.newCode(await cookies.enrol(request, reply))
    return await reply.code(201).header('cache-control', 'no-store').send(code)
  })

  const done = { schema: { response: { 204: z.null(), ...refusals } } }
  app.delete('/api/learner/code', done, async (request, reply) => {
    await identity.withdrawCode(cookies.require(request))
    return await reply.code(204).send(null)
  })

  const look = { schema: { body: giveRecoveryCode, response: { 200: joinView, ...refusals } } }
  app.post('/api/learner/join/look', look, async (request, reply) => {
    const learner = cookies.welcome(request, reply)
    return await identity.look(request.body.code, { learner, network: networkOf(request.ip) })
  })

  const give = { schema: { body: giveRecoveryCode, response: { 200: learnerSummary, ...refusals } } }
  app.post('/api/learner/join', give, async (request, reply) => {
    const learner = cookies.welcome(request, reply)
    const joined = await identity.giveCode(request.body.code, { learner, network: networkOf(request.ip) })
    cookies.become(reply, joined)
    return await identity.summary(joined)
  })

  /** For a device that was lost, or a code that somebody has seen: this browser alone stays. */
  const elsewhere = { schema: { response: { 200: learnerSummary, ...refusals } } }
  app.post('/api/learner/leave-elsewhere', elsewhere, async (request, reply) => {
    const learner = cookies.require(request)
    if (!(await learners.touch(learner, now()))) return await identity.summary(learner)
    newcomers.admit(networkOf(request.ip))
    const fresh = await identity.leaveElsewhere(learner)
    cookies.become(reply, fresh)
    return await identity.summary(fresh)
  })

  /** Nothing is removed: who comes back with the code, or signs in, finds it. */
  const leave = { schema: { response: { 200: left, ...refusals } } }
  app.post('/api/learner/leave', leave, async (request, reply) => {
    const { learnerCookie } = request
    cookies.forget(reply)
    const { account } =
      learnerCookie.state === 'valid' ? await identity.summary(learnerCookie.learner) : { account: null }
    return { elsewhere: account?.signed_in === true ? ((await signIn?.endAddress()) ?? null) : null }
  })
}
