/** Protects: the newest work of a learner and lab replaces what was there, whoever does what at the same moment. */
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/test-database.ts'
import { createKeptWorkStore } from './kept-work-store.ts'
import { createLearnerStore } from './learner-store.ts'
import { openDatabase } from './open-database.ts'

test('the newest replaces what was there and says what that was; kept again, it is itself', async () => {
  await using database = await createTestDatabase()
  const db = await openDatabase(database.place, () => undefined)
  const kept = createKeptWorkStore(db)
  await createLearnerStore(db).see('ada', 1)
  const work = { learner: 'ada', lab: 'layers/cache', bytes: 1, tasks: ['one'] }
  expect(await kept.put({ ...work, session: 's1', at: 1 })).toEqual([])
  expect(await kept.put({ ...work, session: 's1', at: 2 })).toEqual([])
  expect(await kept.put({ ...work, lab: 'layers/other', session: 's2', at: 2 })).toEqual([])
  expect(await kept.put({ ...work, session: 's3', at: 3 })).toEqual(['s1'])
  const left = await kept.ofLearner('ada')
  expect(left.map(({ session, at }) => [session, at])).toEqual([
    ['s3', 3],
    ['s2', 2],
  ])
  await db.destroy()
})

test('work that is kept and a learner who leaves do not wait for each other', async () => {
  await using database = await createTestDatabase()
  const db = await openDatabase(database.place, () => undefined)
  const [kept, learners] = [createKeptWorkStore(db), createLearnerStore(db)]
  const leave = async (learner: string) => {
    const work = { learner, lab: 'layers/cache', bytes: 1, tasks: [] }
    await learners.see(learner, 1)
    await kept.put({ ...work, session: `${learner}-1`, at: 1 })
    const newer = kept.put({ ...work, session: `${learner}-2`, at: 2 })
    const [stored, left] = await Promise.allSettled([newer, learners.forget(learner)])
    expect(left.status).toBe('fulfilled')
    // Whoever has left has nothing that could be kept.
    if (stored.status === 'rejected') expect(String(stored.reason)).toMatch(/foreign key/i)
  }
  for (let round = 0; round < 20; round++)
    await Promise.all(Array.from({ length: 8 }, (_, i) => leave(`learner-${round}-${i}`)))
  await db.destroy()
})
