/** Protects: progress and kept work that were stored before learners could be joined are there afterwards. */
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/test-database.ts'
import { createKeptWorkStore } from './kept-work-store.ts'
import { createLearnerStore } from './learner-store.ts'
import { migrations } from './migrations.ts'
import { connect } from './open-database.ts'

test('rows of the last schema are those of this one', async () => {
  await using database = await createTestDatabase()
  const db = connect(database.place, () => undefined)
  const migrator = new Migrator({ db, provider: migrations })
  expect((await migrator.migrateTo('2026-11-25-site-quizzes')).error).toBeUndefined()
  const old = db as unknown as Kysely<Record<string, Record<string, unknown>>>
  await old.insertInto('learners').values({ id: 'someone', created_at: 1, seen_at: 2 }).execute()
  const row = { learner: 'someone', lab: 'layers/cache' }
  await old
    .insertInto('progress')
    .values({ ...row, task: 'one', passed_at: 5, tries: 2, hints: 1 })
    .execute()
  await old
    .insertInto('kept_work')
    .values({ ...row, session: 'abc', at: 7, bytes: 9, tasks: '["one"]' })
    .execute()

  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  await createLearnerStore(db).note('someone', 'layers/cache', 'one', { tries: 1 })
  expect((await createLearnerStore(db).progress('someone')).labs).toEqual({
    'layers/cache': { passed: { one: 5 }, tries: 3, hints: 1 },
  })
  expect(await createKeptWorkStore(db).ofLearner('someone')).toEqual([
    { ...row, session: 'abc', at: 7, bytes: 9, tasks: ['one'] },
  ])
  await createLearnerStore(db).forget('someone')
  expect(await db.selectFrom('progress').selectAll().execute()).toEqual([])
  expect(await createKeptWorkStore(db).ofLearner('someone')).toEqual([])
  await db.destroy()
})
