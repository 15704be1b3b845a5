/** Protects: whichever database it is, its tables are brought up to date wholly or not at all, by one server at a time, and never by an older one. */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql, type Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/test-database.ts'
import { appliedMigrations, connect, knownMigrations, openDatabase, type DatabasePlace } from './open-database.ts'
import { migrations } from './migrations.ts'

const quiet = () => undefined
const open = (place: DatabasePlace) => openDatabase(place, quiet)
const bare = (place: DatabasePlace) => connect(place, quiet) as unknown as Kysely<never>

/** By table: its columns, and whether they are whole numbers. */
async function shape(place: DatabasePlace, prepare: (place: DatabasePlace) => Promise<Kysely<never>>) {
  const db = await prepare(place)
  const tables = await db.introspection.getTables()
  await db.destroy()
  return Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      columns.map((each) => `${each.name}${/int/i.test(each.dataType) ? ', a number' : ''}`).toSorted(),
    ]),
  )
}

test('a new database has all tables and columns, the same as the other kind of database', async () => {
  await using database = await createTestDatabase()
  const prepare = async (place: DatabasePlace) => (await open(place)) as unknown as Kysely<never>
  const found = await shape(database.place, prepare)
  expect(Object.keys(found).length).toBeGreaterThan(6)
  expect(found).toEqual(await shape({ file: ':memory:' }, prepare))
})

/** A server of its own, as far as the database is concerned: opens it, makes a row, closes it. */
async function openElsewhere(place: DatabasePlace, learner: string): Promise<void> {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(path.join(import.meta.dirname, 'open-database.ts'))})
    const db = await openDatabase(${JSON.stringify(place)}, () => undefined)
    await db.insertInto('learners').values({ id: '${learner}', created_at: 1, seen_at: 1, access: null }).execute()
    await db.destroy()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
}

test('servers that start at the same time: one makes the tables, and all can use them', async () => {
  await using database = await createTestDatabase()
  const learners = ['a', 'b', 'c']
  await Promise.all(learners.map((each) => openElsewhere(database.place, each)))
  const db = await open(database.place)
  const rows = await db.selectFrom('learners').select('id').orderBy('id').execute()
  expect(rows.map((row) => row.id)).toEqual(learners)
  expect(await appliedMigrations(db as unknown as Kysely<never>)).toEqual(await knownMigrations())
  await db.destroy()
})

test('a migration that fails halfway leaves nothing behind, and the next start does it wholly', async () => {
  await using database = await createTestDatabase()
  const all = await migrations.getMigrations()
  const broken = {
    getMigrations: () =>
      Promise.resolve({
        ...all,
        '9999-broken': {
          async up(db: Kysely<never>) {
            await db.schema.createTable('half').addColumn('id', 'text').execute()
            throw new Error('the power went')
          },
        },
      }),
  }
  await expect(openDatabase(database.place, quiet, broken)).rejects.toThrow('could not be brought up to date')
  expect(Object.keys(await shape(database.place, (place) => Promise.resolve(bare(place))))).not.toContain('half')
  await (await open(database.place)).destroy()
})

test('tables of a newer version are refused in words, and left as they are', async () => {
  await using database = await createTestDatabase()
  const db = await open(database.place)
  await sql`insert into kysely_migration (name, timestamp) values ('2999-01-01-later', 'x')`.execute(db)
  await db.destroy()
  await expect(open(database.place)).rejects.toThrow(/written by another version of Drydock: it has '2999-01-01-later'/)
})
