/** Makes a backup while the server runs: the database as it was at one moment, the archives of kept work that it knows, and the keys that cookies hang on. */
import { existsSync } from 'node:fs'
import { chmod, link, mkdir, readFile, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../migrations.ts'
import {
  appliedMigrations,
  connect,
  describe,
  knownMigrations,
  type Database,
  type DatabasePlace,
} from '../open-database.ts'
import { anyTables, copyTable, tablesInOrder } from './any-tables.ts'
import { backupTables, BackupError, createBackupTables, describeRows, putFile, type About } from './backup-file.ts'

/** What a platform keeps: its database, its state folder, and there the folder of kept work. */
export interface Kept {
  database: DatabasePlace
  state: string
  work: string
}

const quiet = () => undefined

/** Each server makes this one anew. */
const passing = new Set(['operator.key'])
const isKey = (name: string) => name.endsWith('.key') && !passing.has(name)
export const keysIn = async (state: string): Promise<string[]> => (await readdir(state)).filter(isKey)
export const archiveName = (session: string) => `work/${session}.tar`

/** `file` must not exist. Another one beside it, `….part`, becomes it at the end, so that what has its name is whole. */
export async function makeBackup(kept: Kept, file: string, now: () => number = Date.now): Promise<About> {
  if (existsSync(file))
    throw new BackupError(`${file} exists already, and a backup is never written over another. Choose another name.`)
  await mkdir(path.dirname(file), { recursive: true })
  const part = `${file}.${process.pid}.part`
  try {
    // Work that is replaced meanwhile is gone before it can be read: then once more.
    for (let tries = 1; ; tries++) {
      await rm(part, { force: true })
      await copyDatabase(kept.database, part)
      await chmod(part, 0o600)
      const { about, missing } = await complete(kept, part, now)
      if (missing > 0 && tries < 3) continue
      // Unlike a renaming, a link never replaces what has been put there meanwhile.
      await link(part, file)
      return about
    }
  } finally {
    for (const each of ['', '-wal', '-shm']) await rm(`${part}${each}`, { force: true })
  }
}

async function copyDatabase(place: DatabasePlace, file: string): Promise<void> {
  if ('file' in place && !existsSync(place.file)) throw nothing(place)
  const source = connect(place, quiet)
  try {
    const applied = await appliedMigrations(source as unknown as Kysely<never>)
    const last = applied.at(-1)
    if (last === undefined) throw nothing(place)
    if ('file' in place) await sql`vacuum into ${file}`.execute(source)
    else await copyRows(source, file, applied)
  } finally {
    await source.destroy()
  }
}

const nothing = (place: DatabasePlace) =>
  new BackupError(`${describe(place)} has nothing to back up: no server has ever used it. \`npm start\` starts one.`)

/** All in one transaction that sees the database as it was at its beginning. */
async function copyRows(source: Database, file: string, applied: readonly string[]): Promise<void> {
  const known = await knownMigrations()
  const newer = applied.find((name) => !known.includes(name))
  if (newer !== undefined)
    throw new BackupError(
      `The database was written by a newer version of Drydock (it has '${newer}'). Back it up with that one.`,
    )
  const target = connect({ file }, quiet)
  try {
    const { error } = await new Migrator({ db: target, provider: migrations }).migrateTo(applied.at(-1) ?? '')
    if (error !== undefined) throw error as Error
    const tables = await tablesInOrder(anyTables(target))
    const reading = source.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    await reading.execute(async (snapshot) => {
      for (const table of tables) await copyTable(anyTables(snapshot), anyTables(target), table)
    })
  } finally {
    await target.destroy()
  }
}

async function complete({ state, work }: Kept, file: string, now: () => number) {
  const db = connect({ file }, quiet)
  try {
    const backup = backupTables(db)
    await createBackupTables(backup)
    const files: About['files'] = {}
    const add = async (name: string, content: Buffer) => {
      await putFile(backup, name, content)
      files[name] = content.length
    }
    let missing = 0
    for (const { session } of await db.selectFrom('kept_work').select('session').where('bytes', '>', 0).execute()) {
      const content = await readFile(path.join(work, `${session}.tar`)).catch(() => null)
      if (content) await add(archiveName(session), content)
      else missing++
    }
    for (const key of await keysIn(state)) await add(key, await readFile(path.join(state, key)))
    const about: About = { format: 1, made_at: new Date(now()).toISOString(), rows: await describeRows(db), files }
    await backup
      .insertInto('backup_about')
      .values({ about: JSON.stringify(about) })
      .execute()
    // One file, without a log beside it.
    await sql`pragma journal_mode = delete`.execute(db)
    return { about, missing }
  } finally {
    await db.destroy()
  }
}
