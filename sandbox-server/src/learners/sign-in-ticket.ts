/** What a browser keeps while its person is at the provider: signed, so that nobody can make one up, and good for ten minutes. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const lifetime = 600_000

const ticket = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where to go on afterwards. */
  to: z.string(),
  at: z.number(),
})
export type SignInTicket = z.infer<typeof ticket>

export function signTicket(content: SignInTicket, secret: Buffer): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${mac(body, secret)}`
}

/** Null for one that is not ours or too old. */
export function readTicket(text: string | undefined, secret: Buffer, now: number): SignInTicket | null {
  const [, body, signature] = /^([\w-]{1,2000})\.([\w-]{43})$/.exec(text ?? '') ?? []
  if (body === undefined || signature === undefined) return null
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(mac(body, secret)))) return null
  const content = ticket.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return Math.abs(now - content.at) > lifetime ? null : content
}

/** The address of one of our own pages; everything else becomes the page of progress. Absolute, so that no path can be read as a host. */
export function ownAddress(to: string, publicUrl: string): string {
  const home = `${publicUrl}/progress/`
  if (!to.startsWith('/') || !URL.canParse(to, publicUrl)) return home
  const url = new URL(to, publicUrl)
  const ours = url.origin === new URL(publicUrl).origin && !url.pathname.startsWith('/api/')
  return ours ? `${url.origin}${url.pathname}${url.search}${url.hash}` : home
}

const mac = (body: string, secret: Buffer) => createHmac('sha256', secret).update(`sign-in:${body}`).digest('base64url')
