/** What a backup is: a file of SQLite with all tables of the database, the files that belong to it, and, written last, what must be in it. */
import { sql, type Kysely } from 'kysely'
import { anyTables, countRows, tablesInOrder } from './any-tables.ts'
import { appliedMigrations, connect, knownMigrations, type Database } from '../open-database.ts'

/** A backup cannot be made, or not be used; one paragraph for whoever asked for it. */
export class BackupError extends Error {
  override name = 'BackupError'
}

interface BackupTables {
  /** Archives of kept work (`work/…`) and keys (`*.key`), in parts. */
  backup_files: { name: string; part: number; content: Uint8Array }
  /** One row: JSON of `About`. */
  backup_about: { about: string }
}

export interface About {
  format: 1
  made_at: string
  /** By table. */
  rows: Record<string, number>
  /** By name: bytes. */
  files: Record<string, number>
}

export type BackupDatabase = Kysely<BackupTables>

export const backupTables = (db: Database): BackupDatabase => db as unknown as BackupDatabase

export async function createBackupTables(db: BackupDatabase): Promise<void> {
  const parts = db.schema.createTable('backup_files').addColumn('name', 'text').addColumn('part', 'integer')
  await parts.addColumn('content', 'blob').execute()
  await db.schema.createTable('backup_about').addColumn('about', 'text').execute()
}

/** Bytes in one row. */
const partSize = 4 * 1024 ** 2

export async function putFile(db: BackupDatabase, name: string, content: Buffer): Promise<void> {
  for (let part = 0; part === 0 || part * partSize < content.length; part++) {
    const piece = content.subarray(part * partSize, (part + 1) * partSize)
    await db.insertInto('backup_files').values({ name, part, content: piece }).execute()
  }
}

export async function getFile(db: BackupDatabase, name: string): Promise<Buffer> {
  const query = db.selectFrom('backup_files').select('content').where('name', '=', name).orderBy('part')
  return Buffer.concat((await query.execute()).map((row) => row.content))
}

/** Throws `BackupError` unless it is a whole backup that this version understands. `file`: a copy of it; `shown`: its name for people. */
export async function requireWhole(file: string, shown: string): Promise<About> {
  const broken = (why: string) =>
    new BackupError(
      `${shown} is no whole backup (${why}). It may have been cut off while it was copied: use another copy, or an earlier backup. Nothing was changed.`,
    )
  let db: Database | undefined
  try {
    db = connect({ file }, () => undefined)
    const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
    if (check.rows[0]?.integrity_check !== 'ok') throw new Error('its parts do not fit together')
    const row = await backupTables(db).selectFrom('backup_about').select('about').executeTakeFirst()
    if (!row) throw new Error('its end is missing')
    const about = JSON.parse(row.about) as Omit<About, 'format'> & { format: number }
    const known = await knownMigrations()
    const newer = (await appliedMigrations(db as unknown as Kysely<never>)).filter((name) => !known.includes(name))
    if (about.format !== 1 || newer.length > 0)
      throw new BackupError(
        `${shown} was made by a newer version of Drydock${newer.length > 0 ? ` (it has '${newer.join("', '")}')` : ''}, which this one does not understand. ` +
          'Update this clone, or use a backup that it has made itself. Nothing was changed.',
      )
    await requireAll(db, about)
    return { ...about, format: 1 }
  } catch (error) {
    throw error instanceof BackupError ? error : broken((error as Error).message)
  } finally {
    await db?.destroy()
  }
}

async function requireAll(db: Database, { rows, files }: Pick<About, 'rows' | 'files'>): Promise<void> {
  for (const [table, count] of Object.entries(rows)) {
    const found = await countRows(anyTables(db), table)
    if (found !== count) throw new Error(`${table} has ${found} rows of ${count}`)
  }
  for (const [name, bytes] of Object.entries(files)) {
    const found = (await getFile(backupTables(db), name)).length
    if (found !== bytes) throw new Error(`${name} has ${found} bytes of ${bytes}`)
  }
}

export async function describeRows(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of await tablesInOrder(anyTables(db))) counts[name] = await countRows(anyTables(db), name)
  return counts
}
