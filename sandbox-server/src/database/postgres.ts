/** Lets Kysely speak to PostgreSQL as to SQLite: whole numbers are numbers, and a connection that is lost ends nothing but its query. */
import { PostgresDialect } from 'kysely'
import pg from 'pg'
import Cursor from 'pg-cursor'

/** Connections at a time; the others wait for one. */
const connections = 10
/** Milliseconds until a request hears that no connection could be had. */
const patience = 5000

/** `onLost` hears of connections that broke while nobody used them. */
export function createPostgresDialect(url: string, onLost: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patience,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Nothing of ours takes so long, and whoever asks for it has given up by then.
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'drydock',
    types: { getTypeParser: (oid, format) => (numbers.has(oid) ? Number : usual(oid, format)) },
  })
  pool.on('error', onLost)
  // A client in use has no listener of the pool's; without one its broken connection would end the process.
  pool.on('connect', (client) => client.on('error', onLost))
  return new PostgresDialect({ pool, cursor: Cursor })
}

/** Types that pg gives as text, because they may be larger than a number is exact: times in milliseconds, counts and sums are not. */
const numbers: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])
const usual = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => (value: string) => unknown
