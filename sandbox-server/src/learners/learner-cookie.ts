/** The anonymous learner: a random id in a signed cookie. Pure: no request, no database. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A cookie older than this is not accepted any more. */
const lifetime = 400 * 86_400_000
/** A cookie older than this is signed anew at the next visit. */
const renewal = 30 * 86_400_000

export type CookieVerdict =
  { state: 'valid'; learner: string; renew: boolean } | { state: 'missing' } | { state: 'invalid' }

export const createLearnerId = () => randomBytes(12).toString('hex')

/** `<learner>.<epoch seconds in base 36>.<signature>` */
export function signLearner(learner: string, secret: Buffer, now: number): string {
  const body = `${learner}.${Math.floor(now / 1000).toString(36)}`
  return `${body}.${mac(body, secret)}`
}

export function readLearner(cookie: string | undefined, secret: Buffer, now: number): CookieVerdict {
  if (cookie === undefined || cookie === '') return { state: 'missing' }
  const match = /^(([0-9a-f]{24})\.([0-9a-z]{1,9}))\.([A-Za-z0-9_-]{43})$/.exec(cookie)
  const [, body, learner, issued, signature] = match ?? []
  if (body === undefined || learner === undefined || issued === undefined || signature === undefined)
    return { state: 'invalid' }
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(mac(body, secret)))) return { state: 'invalid' }
  const age = now - Number.parseInt(issued, 36) * 1000
  if (age > lifetime) return { state: 'invalid' }
  // One from the future is ours as well: this host's clock was set back, and nobody shall lose their progress by that.
  return { state: 'valid', learner, renew: age > renewal || age < -renewal }
}

const mac = (body: string, secret: Buffer) => createHmac('sha256', secret).update(`learner:${body}`).digest('base64url')
