/**
 * Previews on ports of the site's own address, where there are no names. Cookies know no ports, so that such a page gets no origin and
 * no cookies, and its visitor can be known by nothing but the network address from which a key was used; see SECURITY.md.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { networkOf } from '../learners/network-address.ts'
import { Refusal } from '../refusal.ts'
import { keyParameter, takeKey } from './key-parameter.ts'
import { PortPlaces } from './port-places.ts'
import type { PortRange } from './port-range.ts'
import type { Decision, PreviewDoor, Wish } from './preview-door.ts'
import type { PreviewAddress } from './preview-host.ts'
import * as pages from './preview-pages.ts'

export interface PortDoorOptions {
  range: PortRange
  publicUrl: string
  /** Milliseconds of a clock that nobody can set. */
  steady: () => number
}

export function createPortDoor({ range, publicUrl, steady }: PortDoorOptions): PreviewDoor {
  const { hostname, origin: site } = new URL(publicUrl)
  const places = new PortPlaces(range)

  return {
    site,
    sandboxed: true,
    frames: `http://${hostname}:*`,
    decide(request: IncomingMessage): Decision {
      const { headers, method, socket } = request
      const port = socket.localPort ?? 0
      const own = `http://${hostname}:${port}`
      // A name that somebody has led to this address would make their page the same origin as the preview.
      if (`http://${headers.host}` !== own) return { may: false, page: pages.otherName(own) }
      const network = networkOf(socket.remoteAddress ?? '')
      const place = places.at(port)
      const { key, rest } = takeKey(request.url)
      const visits = method === 'GET' && headers.upgrade === undefined
      if (place && key !== null && visits) {
        if (place.redeem(key, network, steady()) || place.admits(network, steady()))
          return { may: false, status: 302, headers: { location: rest } }
      }
      // Who may not come in learns nothing, also not which ports are in use.
      if (!place?.admits(network, steady()))
        return { may: false, page: key === null ? pages.otherAddress(network) : pages.spentKey }
      place.usedAt = steady()
      // Its own pages have the origin `null`, and so does every other page without one.
      const { origin } = headers
      if (origin !== undefined && origin !== 'null' && origin !== own) return { may: false, page: pages.otherPage }
      if (method === 'OPTIONS' && origin === 'null' && headers['access-control-request-method'] !== undefined)
        return { may: false, status: 204, headers: allowOwnPage(headers) }
      const { address } = place
      return { may: true, address, origins: { own, site, port: address.port, sandboxed: true } }
    },
    link(address: PreviewAddress, { share, over }: Wish) {
      const place = places.open(address, over, steady())
      if (!place) throw new Refusal('PREVIEW_PORTS')
      const key = randomBytes(24).toString('base64url')
      place.addKey(key, !share, steady())
      const origin = `http://${hostname}:${place.port}`
      return { origin, url: `${origin}/?${keyParameter}=${key}`, sandboxed: true }
    },
  }
}

/** Without an origin a page asks its own server as it would ask a stranger's: whether it may. With one it would not ask. */
const allowOwnPage = (asked: IncomingMessage['headers']) => ({
  'access-control-allow-origin': 'null',
  'access-control-allow-methods': asked['access-control-request-method'],
  'access-control-allow-headers': asked['access-control-request-headers'] ?? '',
  'access-control-max-age': '600',
})
