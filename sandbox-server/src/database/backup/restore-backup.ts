/** Puts a backup in the place of what a database has, in one transaction, also under a server that runs; what was there is backed up first. */
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { openDatabase, type Database } from '../open-database.ts'
import { anyTables, copyTable, countRows, tablesInOrder, type Table } from './any-tables.ts'
import { BackupError, backupTables, getFile, requireWhole, type About, type BackupDatabase } from './backup-file.ts'
import { makeBackup, type Kept } from './make-backup.ts'
import { putRunning, takeRunning } from './running-sessions.ts'

export interface RestoreOptions {
  /** What is there may be replaced. */
  replace: boolean
  /** A server runs on it. */
  serving: boolean
}

export interface Restored {
  about: About
  /** Where the backup of what was there is; null when there was nothing. */
  replaced: string | null
  /** Sessions that run, and go on. */
  running: number
}

const quiet = () => undefined

/** Throws `BackupError` or `DatabaseError`; then nothing has been changed. */
export async function restoreBackup(file: string, kept: Kept, options: RestoreOptions): Promise<Restored> {
  // A copy, because it is brought up to date before it is read.
  const copy = path.join(kept.state, `restore-${process.pid}.sqlite`)
  try {
    await copyFile(file, copy).catch((error: Error) => {
      throw new BackupError(`${file} cannot be read: ${error.message}`)
    })
    const about = await requireWhole(copy, file)
    const backup = await openDatabase({ file: copy }, quiet)
    const db = await openDatabase(kept.database, quiet).catch(async (error: unknown) => {
      await backup.destroy()
      throw error
    })
    try {
      const keys = Object.keys(about.files).filter((name) => name.endsWith('.key'))
      if (options.serving) await requireSameKeys(backupTables(backup), keys, kept.state, file)
      const tables = await tablesInOrder(anyTables(backup))
      const replaced = await setAside(db, tables, kept, file, options)
      await putArchives(backupTables(backup), about, kept)
      const running = await exchange(backup, db, tables, 'url' in kept.database)
      for (const key of keys) await putWhole(path.join(kept.state, key), await getFile(backupTables(backup), key))
      return { about, replaced, running }
    } finally {
      await backup.destroy()
      await db.destroy()
    }
  } finally {
    for (const each of ['', '-wal', '-shm']) await rm(`${copy}${each}`, { force: true })
  }
}

/** A server has its keys in memory, and would neither know the learners of the backup nor be told. */
async function requireSameKeys(backup: BackupDatabase, keys: readonly string[], state: string, file: string) {
  for (const key of keys) {
    const ours = await readFile(path.join(state, key)).catch(() => null)
    if (ours && !ours.equals(await getFile(backup, key)))
      throw new BackupError(
        `${file} is of another instance: its ${key} is not the one that the running server signs cookies with, so that nobody would be known any more. ` +
          'Stop the server first (Ctrl-C where `npm start` runs; labs go on), restore, and start it again. Nothing was changed.',
      )
  }
}

async function setAside(
  db: Database,
  tables: readonly Table[],
  kept: Kept,
  file: string,
  { replace }: RestoreOptions,
): Promise<string | null> {
  const counts: [string, number][] = []
  for (const { name } of tables) counts.push([name, await countRows(anyTables(db), name)])
  const there = counts.filter(([, count]) => count > 0)
  if (there.length === 0) return null
  if (!replace)
    throw new BackupError(
      `This instance has data already (${there.map(([name, count]) => `${name}: ${count}`).join(', ')}), which ${file} would replace. ` +
        'Say so with --replace: what is there is backed up first, and can be restored in turn. Nothing was changed.',
    )
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.backup`
  const aside = path.join(kept.state, 'replaced', name)
  await makeBackup(kept, aside)
  return aside
}

async function putArchives(backup: BackupDatabase, about: About, { work }: Kept): Promise<void> {
  await mkdir(work, { recursive: true, mode: 0o700 })
  for (const name of Object.keys(about.files).filter((each) => each.startsWith('work/')))
    await putWhole(path.join(work, path.basename(name)), await getFile(backup, name))
}

async function putWhole(file: string, content: Buffer): Promise<void> {
  await writeFile(`${file}.part`, content, { mode: 0o600 })
  await rename(`${file}.part`, file)
}

/** Others see all of it or nothing, and wait with their writing. */
async function exchange(backup: Database, db: Database, tables: readonly Table[], lock: boolean): Promise<number> {
  return await db.transaction().execute(async (changing) => {
    const all = anyTables(changing)
    // SQLite has one writer at a time anyway.
    if (lock)
      await sql`lock table ${sql.join(tables.map((each) => sql.table(each.name)))} in share row exclusive mode`.execute(
        all,
      )
    const running = await takeRunning(all, tables)
    for (const { name } of tables.toReversed()) await all.deleteFrom(name).execute()
    for (const table of tables) await copyTable(anyTables(backup), all, table)
    await putRunning(all, running)
    return running.sessions.length
  })
}
