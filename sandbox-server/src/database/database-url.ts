/** The address of a PostgreSQL database: what is one, and how it may be shown. */

/** `postgres://user:password@host:port/database`; what stands after `?` is for the driver (sslmode, host as the folder of a socket). */
export function isDatabaseUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !/^\/[^/]+$/.test(url.pathname) || url.hash) return false
  return url.hostname !== '' || url.searchParams.has('host')
}

/** Without password and options; nothing at all of what is no such address. */
export function redactDatabaseUrl(text: string): string {
  if (!isDatabaseUrl(text)) return '***'
  const url = new URL(text)
  const user = url.username && `${url.username}${url.password && ':***'}@`
  return `${url.protocol}//${user}${url.host || url.searchParams.get('host')}${url.pathname}`
}
