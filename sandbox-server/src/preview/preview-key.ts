/** Keys to one preview: a signed time until which they open it. Pure: no request, no session. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** `link`: in an address, for the one who asked for it; `share`: in an address that is passed on; `cookie`: what both become. */
export type KeyKind = 'link' | 'share' | 'cookie'

export const lifetime_ms: Record<KeyKind, number> = { link: 60_000, share: 86_400_000, cookie: 86_400_000 }

/** `label`: of the host name that it opens. */
export function signKey(kind: KeyKind, label: string, secret: Buffer, now: number): string {
  const until = Math.floor((now + lifetime_ms[kind]) / 1000).toString(36)
  return `${until}.${mac(kind, label, until, secret)}`
}

export function isKey(kinds: readonly KeyKind[], key: string, label: string, secret: Buffer, now: number): boolean {
  const [, until = '', signature = ''] = /^([0-9a-z]{1,9})\.([A-Za-z0-9_-]{43})$/.exec(key) ?? []
  if (!(Number.parseInt(until, 36) * 1000 > now)) return false
  return kinds.some((kind) => timingSafeEqual(Buffer.from(signature), Buffer.from(mac(kind, label, until, secret))))
}

const mac = (kind: KeyKind, label: string, until: string, secret: Buffer) =>
  createHmac('sha256', secret).update(`preview:${kind}:${label}:${until}`).digest('base64url')
