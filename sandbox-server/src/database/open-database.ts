/** Opens the database and brings it up to date. */
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from './migrations.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

/** `file`: path of the SQLite file, or `:memory:`. Close it with `destroy()`. */
export async function openDatabase(file: string): Promise<Database> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) }) })
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest()
  if (error !== undefined) {
    await db.destroy()
    throw new Error(`the database ${file} could not be brought up to date`, { cause: error })
  }
  return db
}
