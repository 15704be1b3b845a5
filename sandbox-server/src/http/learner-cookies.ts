/** Gives every visitor the cookie that says who they are, and tells routes who asks. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LearnerStore } from '../database/learner-store.ts'
import { createLearnerId, readLearner, signLearner, type CookieVerdict } from '../learners/learner-cookie.ts'
import { Refusal } from '../refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    learnerCookie: CookieVerdict
  }
}

export interface LearnerCookiesOptions {
  secret: Buffer
  publicUrl: string
  learners: LearnerStore
  now: () => number
}

export interface LearnerCookies {
  /** Who asks. Throws `UNAUTHENTICATED`. */
  require(request: FastifyRequest): string
  /** Who asks; a visitor without a cookie becomes a learner. Throws `UNAUTHENTICATED` for a cookie that is not ours. */
  welcome(request: FastifyRequest, reply: FastifyReply): string
  /** As `welcome`, for those who start something: they are known in the database from now on. */
  enrol(request: FastifyRequest, reply: FastifyReply): Promise<string>
  /** Takes the cookie from the browser. */
  forget(reply: FastifyReply): void
}

/** Pages renew a cookie that is missing, old or not ours; needs `@fastify/cookie`. */
export function registerLearnerCookies(app: FastifyInstance, options: LearnerCookiesOptions): LearnerCookies {
  const { secret, learners, now } = options
  const { protocol, port } = new URL(options.publicUrl)
  // Cookies do not know ports: a second instance on this host name must not take the first one's learners away.
  const plain = port === '' || port === '4600' ? 'drydock_learner' : `drydock_learner_${port}`
  // `__Host-`: no page on a neighbouring host name, a preview for example, can plant one. Browsers want https for it.
  const name = protocol === 'https:' ? `__Host-${plain}` : plain
  app.decorateRequest('learnerCookie')

  const issue = (reply: FastifyReply, learner: string) =>
    reply.setCookie(name, signLearner(learner, secret, now()), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: protocol === 'https:',
      maxAge: 400 * 86_400,
    })

  app.addHook('onRequest', async (request, reply) => {
    const verdict = readLearner(request.cookies[name], secret, now())
    request.learnerCookie = verdict
    if (!isPage(request) || (verdict.state === 'valid' && !verdict.renew)) return
    issue(reply, verdict.state === 'valid' ? verdict.learner : createLearnerId())
  })

  const cookies: LearnerCookies = {
    require(request) {
      if (request.learnerCookie.state !== 'valid') throw new Refusal('UNAUTHENTICATED')
      return request.learnerCookie.learner
    },
    welcome(request, reply) {
      if (request.learnerCookie.state !== 'missing') return cookies.require(request)
      const learner = createLearnerId()
      issue(reply, learner)
      return learner
    },
    async enrol(request, reply) {
      const learner = cookies.welcome(request, reply)
      await learners.see(learner, now())
      return learner
    },
    forget: (reply) => void reply.clearCookie(name, { path: '/' }),
  }
  return cookies
}

/** A document, as opposed to what it loads. */
function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || request.url.startsWith('/api/')) return false
  const [pathname = ''] = request.url.split('?')
  return /(\/[^./]*|\.html)$/.test(pathname)
}
