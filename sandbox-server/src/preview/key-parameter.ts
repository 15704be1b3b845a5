/** The key in the address of a first visit, which the answer takes out of it again. Pure. */

export const keyParameter = 'drydock-key'

/**
 * `url`: as it was asked for, by anyone: also one that is none. `rest`: the same without the key, as a path of the same host.
 * Read as text: of what begins with two slashes `URL` takes the rest for a host, or throws.
 */
export function takeKey(url = '/'): { key: string | null; rest: string } {
  const at = url.indexOf('?')
  if (at < 0) return { key: null, rest: url }
  const query = new URLSearchParams(url.slice(at + 1))
  const key = query.get(keyParameter)
  query.delete(keyParameter)
  // Browsers read backslashes as slashes.
  const path = `/${url.slice(0, at).replace(/^[/\\]+/, '')}`
  return { key, rest: query.size === 0 ? path : `${path}?${query.toString()}` }
}
