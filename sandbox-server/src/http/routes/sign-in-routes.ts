/** Signing in with an account: away to the provider, and back. */
import { z } from 'zod'
import { signInAway, signInWish } from '../../contract/identity.ts'
import type { SignIn } from '../../learners/sign-in.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const minutes = 10

export function registerSignInRoutes(
  app: App,
  { cookies, logger }: RouteContext,
  { signIn, publicUrl }: { signIn: SignIn | null; publicUrl: string },
): void {
  const secure = publicUrl.startsWith('https:')
  const name = `${secure ? '__Host-' : ''}drydock_sign_in`
  // Lax: the provider sends the browser back from another site. It opens nothing by itself.
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const

  /** It is asked for by a page of ours (see origin.ts), so that no link elsewhere signs anybody in. */
  const away = { schema: { body: signInWish, response: { 200: signInAway, ...refusals } } }
  app.post('/api/sign-in', away, async (request, reply) => {
    if (!signIn) throw new Refusal('NOT_FOUND', 'This server knows no accounts.')
    const { url, ticket } = await signIn.begin(request.body.to)
    reply.setCookie(name, ticket, { ...attributes, maxAge: minutes * 60 }).header('cache-control', 'no-store')
    return { url }
  })

  app.get('/api/sign-in/done', { schema: { response: { 302: z.null(), ...refusals } } }, async (request, reply) => {
    if (!signIn) throw new Refusal('NOT_FOUND', 'This server knows no accounts.')
    const at = request.url.indexOf('?')
    const query = at < 0 ? '' : request.url.slice(at)
    reply.clearCookie(name, attributes).header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    const here = request.learnerCookie.state === 'valid' ? request.learnerCookie.learner : null
    try {
      const { learner, to } = await signIn.finish(request.cookies[name], query, here)
      cookies.become(reply, learner)
      return await reply.redirect(to, 302)
    } catch (error) {
      return await reply.redirect(`${publicUrl}/progress/?sign-in=${wordFor(error, query)}#devices`, 302)
    }
  })

  /** Why it did not work, as the page of progress tells it. */
  function wordFor(error: unknown, query: string): string {
    if (error instanceof Refusal && error.code === 'ACCOUNTS_UNAVAILABLE') return 'unavailable'
    if (!(error instanceof Refusal)) logger.error({ err: error }, 'sign-in failed')
    return new URLSearchParams(query).get('error') === 'access_denied' ? 'cancelled' : 'refused'
  }
}
