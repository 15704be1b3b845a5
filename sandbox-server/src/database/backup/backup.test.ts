/** Protects: a backup has all of every table, whichever database it comes from and goes to; what is not whole, or too new, is refused; nothing is replaced unasked. */
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  statSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createFileDatabase, createTestDatabase } from '../../../test/test-database.ts'
import { connect, openDatabase, type DatabasePlace } from '../open-database.ts'
import { anyTables, tablesInOrder, type Row } from './any-tables.ts'
import { makeBackup, type Kept } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const top = mkdtempSync(path.join(tmpdir(), 'drydock-backup-'))
afterAll(() => rmSync(top, { recursive: true }))
let made = 0
const quiet = () => undefined
const fresh = () => path.join(top, `${++made}.backup`)
const plain = { replace: false, serving: false }

/** A platform without a server: a database and a state folder. */
function platform(database: DatabasePlace): Kept {
  const state = path.join(top, `state-${++made}`)
  mkdirSync(path.join(state, 'work'), { recursive: true })
  return { database, state, work: path.join(state, 'work') }
}

/** Three rows in every table there is, as its columns allow; those of one table refer to those of another. */
async function fill({ database, state, work }: Kept): Promise<void> {
  const [db, model] = [await openDatabase(database, quiet), await openDatabase({ file: ':memory:' }, quiet)]
  for (const { name, references } of await tablesInOrder(anyTables(model))) {
    const columns = (await model.introspection.getTables()).find((table) => table.name === name)?.columns ?? []
    for (const i of [1, 2, 3]) {
      const row: Row = {}
      for (const { name: column, dataType } of columns) {
        const key = references.find((each) => each.column === column)
        const text = `${key ? `${key.table} ${key.to}` : `${name} ${column}`} ${i} ⚓ '"\\`
        row[column] = /int/i.test(dataType) ? 1_795_650_889_000 % (i * 1_000_003) : text
      }
      if (name === 'kept_work') Object.assign(row, { session: `kept${i}`, bytes: i })
      await anyTables(db).insertInto(name).values(row).execute()
    }
  }
  writeFileSync(path.join(state, 'cookie.key'), randomBytes(32))
  writeFileSync(path.join(state, 'operator.key'), 'made anew by each server')
  for (const i of [1, 3]) writeFileSync(path.join(work, `kept${i}.tar`), randomBytes(i * 1_500_000))
  await Promise.all([db.destroy(), model.destroy()])
}

/** All rows of all tables, and all files that count. */
async function content({ database, state, work }: Kept) {
  const [db, model] = [connect(database, quiet), await openDatabase({ file: ':memory:' }, quiet)]
  const rows: Record<string, string[]> = {}
  for (const { name } of await tablesInOrder(anyTables(model))) {
    const all = await anyTables(db).selectFrom(name).selectAll().execute()
    rows[name] = all.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted()
  }
  await Promise.all([db.destroy(), model.destroy()])
  const files = [path.join(state, 'cookie.key'), ...readdirSync(work).map((name) => path.join(work, name))]
  return {
    rows,
    files: files.map((file) => [path.basename(file), readFileSync(file).toString('base64').slice(0, 1000)]),
  }
}

test('everything moves: to a file, into SQLite, and back into the database that it came from', async () => {
  await using origin = await createTestDatabase()
  await using between = await createFileDatabase()
  await using target = await createTestDatabase()
  const [from, via, to] = [origin, between, target].map((each) => platform(each.place)) as [Kept, Kept, Kept]
  await fill(from)
  const before = await content(from)
  expect(Object.values(before.rows).every((rows) => rows.length === 3)).toBe(true)
  const [first, second] = [fresh(), fresh()]
  await makeBackup(from, first)
  expect(statSync(first).mode & 0o777).toBe(0o600)
  expect(await restoreBackup(first, via, plain)).toMatchObject({ replaced: null })
  expect(await content(via)).toEqual(before)
  await makeBackup(via, second)
  await restoreBackup(second, to, plain)
  expect(await content(to)).toEqual(before)
  expect(existsSync(path.join(to.state, 'operator.key'))).toBe(false)
  expect(readdirSync(top).filter((name) => /part|wal|shm/.test(name))).toEqual([])
  expect(readdirSync(to.state).toSorted()).toEqual(['cookie.key', 'work'])
})

test('data is replaced only when asked, and can be brought back; labs that run go on', async () => {
  await using one = await createTestDatabase()
  await using two = await createTestDatabase()
  const [from, to] = [platform(one.place), platform(two.place)]
  await fill(from)
  const file = fresh()
  await makeBackup(from, file)
  const db = await openDatabase(to.database, quiet)
  await db.insertInto('learners').values({ id: 'ahab', created_at: 1, seen_at: 1, access: null }).execute()
  await db.insertInto('learners').values({ id: 'ishmael', created_at: 1, seen_at: 1, access: null }).execute()
  const session = { id: 's', learner: 'ahab', lab: 'a/b', state: 'ready', seed: 1, created_at: 1, resumed: 0 } as const
  await db
    .insertInto('sessions')
    .values({ ...session, deadline: 9, extensions_left: 3, reason: null, ended_at: null })
    .execute()
  await db.insertInto('session_deeds').values({ session: 's', at: 1, kind: 'reset', task: null, nth: 1 }).execute()
  const before = await content({ ...to, state: from.state })
  await expect(restoreBackup(file, to, plain)).rejects.toThrow(/has data already \(learners: 2, sessions: 1.*--replace/)
  expect(await content({ ...to, state: from.state })).toEqual(before)
  const { replaced, running } = await restoreBackup(file, to, { replace: true, serving: true })
  expect(running).toBe(1)
  expect(await db.selectFrom('sessions').select('learner').where('id', '=', 's').execute()).toEqual([
    { learner: 'ahab' },
  ])
  expect(await db.selectFrom('session_deeds').select('at').where('session', '=', 's').execute()).toEqual([{ at: 1 }])
  const ids = (await db.selectFrom('learners').select('id').execute()).map((row) => row.id)
  expect(ids).toHaveLength(4)
  expect(ids).not.toContain('ishmael')
  // Nothing runs any more, and what was there comes back as it was.
  await db.updateTable('sessions').set({ state: 'gone' }).execute()
  await db.destroy()
  await restoreBackup(replaced ?? '', to, { replace: true, serving: false })
  expect((await content({ ...to, state: from.state })).rows).toEqual(before.rows)
})

test('what was cut off, is something else, or is newer, is refused in words and changes nothing', async () => {
  await using database = await createTestDatabase()
  await using other = await createTestDatabase()
  const [from, to] = [platform(database.place), platform(other.place)]
  await fill(from)
  const [whole, cut, newer] = [fresh(), fresh(), fresh()]
  await makeBackup(from, whole)
  await (await openDatabase(to.database, quiet)).destroy()
  const size = statSync(whole).size
  for (const length of [0, 10, 4096, Math.floor(size / 3), size - 5000, size - 1]) {
    copyFileSync(whole, cut)
    truncateSync(cut, length)
    await expect(restoreBackup(cut, to, plain), `${length} of ${size}`).rejects.toThrow(/is no whole backup/)
  }
  copyFileSync(whole, newer)
  const db = connect({ file: newer }, quiet)
  await sql`insert into kysely_migration (name, timestamp) values ('2999-01-01-later', 'x')`.execute(db)
  await db.destroy()
  await expect(restoreBackup(newer, to, plain)).rejects.toThrow(
    /newer version of Drydock \(it has '2999-01-01-later'\)/,
  )
  await expect(restoreBackup(path.join(top, 'none'), to, plain)).rejects.toThrow(/cannot be read/)
  await expect(makeBackup(from, whole)).rejects.toThrow(/exists already/)
  const empty = platform({ file: path.join(top, 'none.sqlite') })
  await expect(makeBackup(empty, fresh())).rejects.toThrow(/nothing to back up/)
  expect(existsSync(path.join(top, 'none.sqlite'))).toBe(false)
  expect(Object.values(await connectRows(to)).flat()).toEqual([])
  writeFileSync(path.join(to.state, 'cookie.key'), randomBytes(32))
  await expect(restoreBackup(whole, to, { replace: true, serving: true })).rejects.toThrow(/of another instance/)
})

async function connectRows(kept: Kept): Promise<Record<string, string[]>> {
  writeFileSync(path.join(kept.state, 'cookie.key'), '')
  return (await content(kept)).rows
}
