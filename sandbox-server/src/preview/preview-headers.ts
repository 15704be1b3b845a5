/** What passes between a browser and a learner's page, and what does not: our cookies, and headers that would reach beyond the page's own host. Pure. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** `__Host-` where browsers allow it: no other preview can plant one. */
export const cookieName = (secure: boolean) => (secure ? '__Host-drydock_preview' : 'drydock_preview')
const isOurs = (cookie: string) => /^(__Host-|__Secure-)?drydock_/i.test(cookie.trim())
/** Browsers send a cookie without a name as its bare value, which would read as one of any name. */
const isNameless = (cookie: string) => !/^[^=;]*[^=;\s][^=;]*=/.test(cookie)

const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'http2-settings'],
])
/** They would change how a browser treats other hosts than this one, or this one for longer than the lab lives. */
const farReaching = new Set([
  ...['clear-site-data', 'strict-transport-security', 'alt-svc', 'public-key-pins', 'nel', 'report-to'],
])
/** Of a page without an origin: they would forbid it its own files, or have it keep something. */
const ofOrigins = new Set([
  ...['set-cookie', 'service-worker-allowed', 'cross-origin-resource-policy', 'access-control-allow-credentials'],
])
/**
 * A policy that takes a page's origin away, whatever it says itself: no cookies, no storage, nothing of other pages of this address.
 * What it opens in a tab is as it would be without.
 */
const noOrigin =
  'sandbox allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock'
/** Orders to a proxy before this server: `X-Accel-Redirect: /…` would have it answer with something of its own. */
const isOrder = (name: string) =>
  (name.startsWith('x-accel-') && name !== 'x-accel-buffering') || /^x-(lighttpd-)?send-?file|^x-reproxy-/.test(name)
/** What a proxy before this server says of the visitor: their address, and who they are where it signs people in. */
const isOfVisitor = (name: string) =>
  /^(x-forwarded-|x-real-ip$|x-client-ip$|true-client-ip$|cf-|x-auth-request-|remote-|forwarded$|via$)/.test(name)

/** How answers are shown. */
export interface Shown {
  /** Origin of the site: it alone may show the page in a frame. */
  site: string
  /** The page has no origin: it is on a port of the site's own address. */
  sandboxed: boolean
}

export interface PreviewOrigins extends Shown {
  /** Of the preview: scheme and host as the browser has them. */
  own: string
  port: number
}

/** Headers for the learner's server, which believes that it was asked on localhost. */
export function toServer(headers: IncomingHttpHeaders, { own, port, sandboxed }: PreviewOrigins): OutgoingHttpHeaders {
  const out = copy(headers, isOfVisitor)
  // Without a name of its own a page has set none: whatever comes is of others on this address.
  const all = sandboxed ? [] : (headers.cookie ?? '').split(';')
  const cookies = all.filter((cookie) => cookie.trim() !== '' && !isOurs(cookie))
  delete out['cookie']
  if (cookies.length > 0) out['cookie'] = cookies.map((cookie) => cookie.trim()).join('; ')
  out['host'] = `localhost:${port}`
  if (headers.origin === own || (sandboxed && headers.origin === 'null')) out['origin'] = `http://localhost:${port}`
  const [scheme = 'http', host = ''] = own.split('://')
  out['x-forwarded-host'] = host
  out['x-forwarded-proto'] = scheme
  return out
}

/** Headers for the browser. `asked`: those of its request. */
export function toBrowser(
  headers: IncomingHttpHeaders,
  origins: PreviewOrigins,
  asked: IncomingHttpHeaders,
): OutgoingHttpHeaders {
  const { sandboxed } = origins
  const out = copy(headers, (name) => farReaching.has(name) || isOrder(name) || (sandboxed && ofOrigins.has(name)))
  const cookies = (sandboxed ? [] : (headers['set-cookie'] ?? []))
    .filter((cookie) => !isOurs(cookie) && !isNameless(cookie))
    .map(ownHostOnly)
  delete out['set-cookie']
  if (cookies.length > 0) out['set-cookie'] = cookies
  if (headers.location !== undefined) out['location'] = relocate(headers.location, origins)
  // Further policies beside the page's own: all hold. Ours comes first, so that nothing before it can spoil it.
  const policies = headers['content-security-policy']
  out['content-security-policy'] = [policyOf(origins), policies].filter(Boolean).join(', ')
  // People change the page and load it again; a browser left alone would show them the old one.
  out['cache-control'] ??= 'no-cache'
  if (sandboxed) Object.assign(out, ofSandbox(asked))
  out['x-robots-tag'] = 'noindex'
  return out
}

/** The least that every answer carries. It also makes browsers ignore X-Frame-Options. */
export const policyOf = ({ site, sandboxed }: Shown): string =>
  [...(sandboxed ? [noOrigin] : []), `frame-ancestors 'self' ${site}`].join('; ')

/** The next lab on this port must not meet what a browser kept of this one. And the page may read what it asks for. */
const ofSandbox = ({ origin }: IncomingHttpHeaders): OutgoingHttpHeaders => ({
  'cache-control': 'no-store',
  ...(origin === 'null' && { 'access-control-allow-origin': 'null', 'access-control-expose-headers': '*' }),
})

/** A cookie with a domain would be sent to all previews, or to the site. */
const ownHostOnly = (cookie: string) => cookie.replace(/;\s*domain\s*(=[^;]*)?(?=;|$)/gi, '')

/** A server that thinks that it is localhost redirects there: nothing of the learner's own machine is meant. */
function relocate(location: string, { port }: PreviewOrigins): string {
  const match = /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|node[1-3])(?::(\d+))?(?=[/?#]|$)/i.exec(
    location,
  )
  if (!match || Number(match[1] ?? 80) !== port) return location
  const rest = location.slice(match[0].length)
  return rest.startsWith('/') ? rest.replace(/^\/+/, '/') : `/${rest}`
}

function copy(headers: IncomingHttpHeaders, leaveOut: (name: string) => boolean): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => value !== undefined && !hopByHop.has(name) && !named.has(name) && !leaveOut(name),
    ),
  )
}
