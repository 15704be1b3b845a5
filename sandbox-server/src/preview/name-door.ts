/** Previews on host names of their own: a key in a cookie of the name opens it. */
import type { IncomingMessage } from 'node:http'
import { decideAccess } from './preview-access.ts'
import { keyParameter } from './key-parameter.ts'
import type { Decision, PreviewDoor, Wish } from './preview-door.ts'
import { cookieName } from './preview-headers.ts'
import { parseHost, toLabel, type PreviewAddress } from './preview-host.ts'
import { signKey } from './preview-key.ts'
import * as pages from './preview-pages.ts'

export interface NameDoorOptions {
  /** Host below which previews are, without port. */
  domain: string
  publicUrl: string
  secret: Buffer
  now: () => number
}

export function createNameDoor({ domain, publicUrl, secret, now }: NameDoorOptions): PreviewDoor {
  const { protocol, port, origin: site } = new URL(publicUrl)
  // Browsers treat localhost as they treat https.
  const secure = protocol === 'https:' || domain.endsWith('.localhost')
  const below = `${domain}${port === '' ? '' : `:${port}`}`
  const originOf = (address: PreviewAddress) => `${protocol}//${toLabel(address)}.${below}`

  const giveCookie = (address: PreviewAddress, location: string): Decision => {
    const key = signKey('cookie', toLabel(address), secret, now())
    // In the pane the page is in a frame of another site: there a cookie is kept for that pair of sites alone.
    const scope = secure ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax'
    const cookie = `${cookieName(secure)}=${key}; Path=/; HttpOnly; Max-Age=86400; ${scope}`
    return { may: false, status: 302, headers: { location, 'set-cookie': cookie } }
  }

  return {
    site,
    sandboxed: false,
    frames: `${protocol}//*.${below}`,
    decide(request: IncomingMessage) {
      const parsed = parseHost(request.headers.host, domain)
      if (!parsed) return null
      const { address } = parsed
      if (!address) return { may: false, page: pages.noLab }
      const verdict = decideAccess(request, address, { secret, domain, secure, now: now() })
      if (verdict.may) {
        const origins = { own: originOf(address), site, port: address.port, sandboxed: false }
        return { may: true, address, origins }
      }
      if (verdict.why === 'new key') return giveCookie(address, verdict.to)
      return { may: false, page: verdict.why === 'no key' ? pages.noKey : pages.otherPage }
    },
    link(address: PreviewAddress, { share }: Wish) {
      const origin = originOf(address)
      const key = signKey(share ? 'share' : 'link', toLabel(address), secret, now())
      return { origin, url: `${origin}/?${keyParameter}=${key}`, sandboxed: false }
    },
  }
}
