/** Gives every visitor the cookie that says who they are, and tells routes who asks. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LearnerStore } from '../database/learner-store.ts'
import type { Newcomers } from '../learners/newcomers.ts'
import { networkOf } from '../learners/network-address.ts'
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
  newcomers: Newcomers
  /** Whether this learner was joined with another, so that its cookies are worth nothing any more. */
  isRetired: (learner: string) => Promise<boolean>
  /** Other sites may show the playground in a frame. */
  embedded: boolean
  now: () => number
}

export interface LearnerCookies {
  /** Who asks. Throws `UNAUTHENTICATED`. */
  require(request: FastifyRequest): string
  /** Who asks; a visitor without a cookie becomes a learner. Throws `UNAUTHENTICATED` for a cookie that is not ours. */
  welcome(request: FastifyRequest, reply: FastifyReply): string
  /** As `welcome`, for those who start something: they are known in the database from now on. Throws `TOO_MANY`, see learners/newcomers.ts. */
  enrol(request: FastifyRequest, reply: FastifyReply): Promise<string>
  /** From now on this browser is that learner's. */
  become(reply: FastifyReply, learner: string): void
  /** Takes the cookie from the browser. */
  forget(reply: FastifyReply): void
}

/** Pages renew a cookie that is missing, old or not ours; needs `@fastify/cookie`. */
export function registerLearnerCookies(app: FastifyInstance, options: LearnerCookiesOptions): LearnerCookies {
  const { secret, learners, newcomers, now } = options
  const { protocol, port } = new URL(options.publicUrl)
  // Cookies do not know ports: a second instance on this host name must not take the first one's learners away.
  const plain = port === '' || port === '4600' ? 'drydock_learner' : `drydock_learner_${port}`
  // `__Host-`: no page on a neighbouring host name, a preview for example, can plant one. Browsers want https for it.
  const name = protocol === 'https:' ? `__Host-${plain}` : plain
  // In a frame on another site there is no first-party cookie. This one lives in that site's own partition, so that it tells nothing of
  // the person elsewhere; browsers want `Secure` for it, and take it on localhost. What it lets a page of that site do is what the check
  // of origins lets it: nothing.
  const framedName = `__Host-${plain}_framed`
  app.decorateRequest('learnerCookie')

  const issueFramed = (reply: FastifyReply, learner: string) =>
    reply.setCookie(framedName, signLearner(learner, secret, now()), {
      path: '/',
      httpOnly: true,
      sameSite: 'none',
      secure: true,
      partitioned: true,
      maxAge: 30 * 86_400,
    })
  const issue = (reply: FastifyReply, learner: string) =>
    reply.setCookie(name, signLearner(learner, secret, now()), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: protocol === 'https:',
      maxAge: 400 * 86_400,
    })

  app.addHook('onRequest', async (request, reply) => {
    const framed = options.embedded ? request.cookies[framedName] : undefined
    let verdict = readLearner(request.cookies[name] ?? framed, secret, now())
    // Pages are shown as well when the database is away.
    const asks = request.url.startsWith('/api/')
    if (verdict.state === 'valid' && asks && (await options.isRetired(verdict.learner))) verdict = { state: 'missing' }
    request.learnerCookie = verdict
    if (!isPage(request) || (verdict.state === 'valid' && !verdict.renew)) return
    const learner = verdict.state === 'valid' ? verdict.learner : createLearnerId()
    if (options.embedded && isFramed(request)) issueFramed(reply, learner)
    else issue(reply, learner)
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
      if (await learners.touch(learner, now())) return learner
      newcomers.admit(networkOf(request.ip))
      await learners.see(learner, now())
      return learner
    },
    become: (reply, learner) => void issue(reply, learner),
    forget(reply) {
      reply.clearCookie(name, { path: '/' })
      if (options.embedded)
        reply.clearCookie(framedName, { path: '/', secure: true, sameSite: 'none', partitioned: true })
    },
  }
  return cookies
}

/** The playground in a frame on another site. */
function isFramed({ url, headers }: FastifyRequest): boolean {
  return (
    /^\/play\/(\?|$)/.test(url) && headers['sec-fetch-dest'] === 'iframe' && headers['sec-fetch-site'] === 'cross-site'
  )
}

/** A document, as opposed to what it loads. */
function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || request.url.startsWith('/api/')) return false
  const [pathname = ''] = request.url.split('?')
  return /(\/[^./]*|\.html)$/.test(pathname)
}
