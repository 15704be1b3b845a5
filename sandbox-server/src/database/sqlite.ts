/** Lets Kysely's SQLite dialect speak to Node's own SQLite. */
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { SqliteAdapter, SqliteDialect, type SqliteDatabase } from 'kysely'

/** The file is made when it is not there; `:memory:` is none. */
export const createSqliteDialect = (file: string): SqliteDialect =>
  new TransactionalSqliteDialect({ database: openSqlite(file) })

/** SQLite takes back changes of tables with their transaction, as Kysely does not expect of it: a migration that is cut off leaves nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** Write-ahead log, durable commits, foreign keys enforced. */
function openSqlite(file: string): SqliteDatabase {
  // Other users of this machine may pass the state folder. What SQLite puts beside the file has its mode.
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
  const db = new DatabaseSync(file, { timeout: 5000 })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  return {
    close: () => db.close(),
    prepare(sql) {
      // A transaction that first reads and then writes would fail, and not wait, when another process has written meanwhile.
      const statement = db.prepare(sql === 'begin' ? 'begin immediate' : sql)
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      }
    },
  }
}
