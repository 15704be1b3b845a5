/** Tells a database that cannot be reached from a query that is wrong, and says in words what is the matter with it. */

/** SQLSTATE classes and codes: connection lost, no connection left, shut down or starting. */
const away = /^(08...|53300|57P0[1-3])$/
const socket = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && (away.test(code) || socket.test(code))) || words.test(error.message)
}

/** A text with a character that no database text can have: whoever sent it did not mean anything by it. */
export const isUnstorable = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '22021'

/** What is wrong and what to do, for whoever has set the address; null when it is not about the address at all. */
export function explainUnreachable(error: unknown): string | null {
  const { code, message } = error as { code?: string; message: string }
  const known = reasons[code ?? '']
  if (known) return known
  if (/timeout/i.test(message)) return 'nothing answers there. Look at the host, the port, and at firewalls on the way.'
  if (/SSL|certificate/i.test(message))
    return `TLS does not come about (${message}). Append ?sslmode=disable or ?sslmode=verify-full to the address, as that server has it.`
  return isUnreachable(error) || /^(28|3D|42501)/.test(code ?? '') ? `it says: ${message}.` : null
}

const noHost = 'its host name is not known. Look at how it is written.'
const unroutable = 'its host cannot be reached. Look at the network between this machine and it.'
const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or mend host and port.',
  ENOENT: 'there is no socket in that folder. Start PostgreSQL, or mend the folder.',
  ENOTFOUND: noHost,
  EAI_AGAIN: noHost,
  EHOSTUNREACH: unroutable,
  ENETUNREACH: unroutable,
  '28P01': 'user or password are not the right ones. Mend them; characters such as @ : / are written %40 %3A %2F.',
  '28000': "its rules let nobody in as this user from here. Look at that server's pg_hba.conf.",
  '3D000': 'it has no such database. Make it (`createdb -O <user> <name>`), or name another.',
  '42501':
    'this user may not make tables in it. Let the database belong to them: `ALTER DATABASE <name> OWNER TO <user>`.',
  '53300': 'it has no connection left. Raise its max_connections; Drydock takes up to ten.',
  '57P03': 'it is still starting. Try again in a moment.',
}
