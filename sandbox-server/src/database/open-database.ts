/** Opens the database, whichever it is, and brings it up to date. */
import { Kysely, sql } from 'kysely'
import { Migrator, type MigrationProvider } from 'kysely/migration'
import { redactDatabaseUrl } from './database-url.ts'
import { migrations } from './migrations.ts'
import { createPostgresDialect } from './postgres.ts'
import { createSqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'
import { explainUnreachable } from './unreachable.ts'

export type Database = Kysely<Tables>

/** `file`: path of the SQLite file, or `:memory:`. `url`: of a database of PostgreSQL, for us alone. */
export type DatabasePlace = { file: string } | { url: string }

/** The database cannot be used; one paragraph for whoever has set it. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
}

/** Close it with `destroy()`. Several may open one at the same time: one brings it up to date, and the others wait. */
export async function openDatabase(
  place: DatabasePlace,
  onLost: (error: Error) => void,
  provider: MigrationProvider = migrations,
): Promise<Database> {
  const db = connect(place, onLost)
  try {
    if ('url' in place) await requireUnicode(db, place)
    await refuseNewer(db, place)
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    if (error !== undefined) throw error as Error
    return db
  } catch (error) {
    await db.destroy()
    throw explain(error, place)
  }
}

/** Resolves when it answers. */
export const reachDatabase = async (db: Database): Promise<void> => void (await sql`select 1`.execute(db))

/** As it is, without a look at its tables. */
export const connect = (place: DatabasePlace, onLost: (error: Error) => void): Database =>
  new Kysely<Tables>({
    dialect: 'url' in place ? createPostgresDialect(place.url, onLost) : createSqliteDialect(place.file),
  })

/** Names of the migrations that the database has, oldest first; none in a new one. */
export async function appliedMigrations(db: Kysely<never>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const query = sql<{ name: string }>`select name from kysely_migration order by name`
  return (await query.execute(db)).rows.map((row) => row.name)
}

/** Names of the migrations that this version knows, oldest first. */
export const knownMigrations = async (): Promise<string[]> => Object.keys(await migrations.getMigrations()).toSorted()

async function refuseNewer(db: Database, place: DatabasePlace): Promise<void> {
  const known = await knownMigrations()
  const newer = (await appliedMigrations(db as unknown as Kysely<never>)).filter((name) => !known.includes(name))
  if (newer.length > 0)
    throw new DatabaseError(
      `${describe(place)} was written by another version of Drydock: it has '${newer.join("', '")}', which this one does not know. ` +
        'Nothing was changed. Use that version, or another database.',
    )
}

async function requireUnicode(db: Database, place: DatabasePlace): Promise<void> {
  const query = sql<{ server_encoding: string }>`show server_encoding`
  const encoding = (await query.execute(db)).rows[0]?.server_encoding
  if (encoding !== 'UTF8')
    throw new DatabaseError(
      `${describe(place)} is a database in ${encoding}, but must be one in UTF8: \`createdb -E UTF8 -T template0 <name>\`.`,
    )
}

/** For people; without a password. */
export const describe = (place: DatabasePlace): string =>
  'url' in place ? `DATABASE_URL, '${redactDatabaseUrl(place.url)}',` : `The database ${place.file}`

function explain(error: unknown, place: DatabasePlace): Error {
  if (error instanceof DatabaseError) return error
  const reason = 'url' in place ? explainUnreachable(error) : null
  if (reason !== null) return new DatabaseError(`${describe(place)} cannot be used: ${reason}`)
  return new Error(`${describe(place)} could not be brought up to date`, { cause: error })
}
