/** Addresses in the preview's bar. Pure. */

export const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535

/** What a person typed, as a path: a whole address of localhost is understood as well. */
export function toPath(typed: string): string {
  const text = typed.trim().replace(/^https?:\/\/[^/?#]*/i, '')
  return text.startsWith('/') ? text.replace(/^\/+/, '/') : `/${text}`
}

/** A link with a key, to another page of the same host. */
export function keyedAddress(link: string, path: string): string {
  const url = new URL(link)
  const to = new URL(path, url.origin)
  if (to.origin !== url.origin) return link
  for (const [name, value] of url.searchParams) to.searchParams.append(name, value)
  return to.href
}

/** Over plain http a browser keeps the key of a page in a frame of another site for nobody: such a page opens in a tab alone. */
export function needsTab(link: string): boolean {
  const { protocol, hostname } = new URL(link)
  return protocol === 'http:' && !/(^|\.)localhost$/.test(hostname)
}
