/** Who may send what to a preview: holders of its key, and of other pages only those of the same lab. Pure but for the clock that is given. */
import type { IncomingMessage } from 'node:http'
import { takeKey } from './key-parameter.ts'
import { cookieName } from './preview-headers.ts'
import { parseHost, toLabel, type PreviewAddress } from './preview-host.ts'
import { isKey } from './preview-key.ts'

export type Verdict =
  { may: true } | { may: false; why: 'no key' | 'other page' } | { may: false; why: 'new key'; to: string }

export interface AccessOptions {
  secret: Buffer
  domain: string
  secure: boolean
  now: number
}

export function decideAccess(request: IncomingMessage, address: PreviewAddress, options: AccessOptions): Verdict {
  const { secret, domain, secure, now } = options
  const label = toLabel(address)
  const { key, rest } = takeKey(request.url)
  if (key !== null && isKey(['link', 'share'], key, label, secret, now)) return { may: false, why: 'new key', to: rest }
  const name = cookieName(secure)
  // There may be several of one name when a page has planted some: one that is right is enough.
  const cookies = (request.headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  if (!cookies.slice(0, 8).some((cookie) => isKey(['cookie'], cookie, label, secret, now)))
    return { may: false, why: 'no key' }
  return isOwnPage(request, address, domain) ? { may: true } : { may: false, why: 'other page' }
}

/**
 * A visitor's browser sends the key with what any page makes it send. Pages of other labs (the same site for a browser) and of
 * strangers may lead here by a link, and do nothing else.
 */
function isOwnPage({ headers, method }: IncomingMessage, address: PreviewAddress, domain: string): boolean {
  const { origin } = headers
  if (origin !== undefined && origin !== 'null') {
    const from = URL.canParse(origin) ? parseHost(new URL(origin).host, domain)?.address : undefined
    return from?.session === address.session
  }
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return headers['sec-fetch-mode'] === 'navigate' && (method === 'GET' || method === 'HEAD')
}
