/** Protects: what a task came to is stored wholly or not at all, however far the server got with it. */
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/test-database.ts'
import { createLearnerStore } from './learner-store.ts'
import { openDatabase } from './open-database.ts'
import { createSessionStore } from './session-store.ts'

const life = {
  state: 'ready' as const,
  ...{ seed: 1, created_at: 1, ready_at: 1, resumed: 0, deadline: null, extensions_left: 3 },
}

test('a hint that could not be counted was not taken, and has not happened', async () => {
  await using database = await createTestDatabase()
  const db = await openDatabase(database.place, () => undefined)
  const [sessions, learners] = [createSessionStore(db), createLearnerStore(db)]
  await learners.see('someone', 1)
  const session = { id: 'abc', learner: 'someone', lab: 'layers/cache' }
  await sessions.insert({ ...session, ...life, reason: null, ended_at: null, copy_of: null })
  const task = { task: 'one', passed_at: null, tries: 0, hints: ['look'], shown: false }
  const outcome = { achieved: [{ hints: 1 }], deeds: [{ at: 2, kind: 'hint', task: 'one' }] } as const

  // No session to note it in: as the second of three writes fails, so would a server that dies between them.
  await expect(sessions.record({ ...session, id: 'gone' }, task, outcome)).rejects.toThrow(/foreign key/i)
  expect((await learners.progress('someone')).labs).toEqual({})

  await sessions.record(session, task, outcome)
  expect(await sessions.tasks('abc')).toEqual([task])
  expect(await sessions.deeds('abc')).toEqual(outcome.deeds)
  expect((await learners.progress('someone')).labs).toEqual({ 'layers/cache': { passed: {}, tries: 0, hints: 1 } })
  await db.destroy()
})

test('what a task came to and that its learner leaves do not wait for each other', async () => {
  await using database = await createTestDatabase()
  const db = await openDatabase(database.place, () => undefined)
  const [sessions, learners] = [createSessionStore(db), createLearnerStore(db)]
  const task = { task: 'one', passed_at: 1, tries: 1, hints: [], shown: false }
  const outcome = { achieved: [{ passed_at: 1 }], deeds: [{ at: 2, kind: 'passed', task: 'one' }] } as const
  const leave = async (learner: string) => {
    await learners.see(learner, 1)
    const session = { id: `of-${learner}`, learner, lab: 'layers/cache' }
    await sessions.insert({ ...session, ...life, reason: null, ended_at: null, copy_of: null })
    const [recorded, left] = await Promise.allSettled([
      sessions.record(session, task, outcome),
      learners.forget(learner),
    ])
    expect(left.status).toBe('fulfilled')
    // Whoever has left has nothing in which it could be noted.
    if (recorded.status === 'rejected') expect(String(recorded.reason)).toMatch(/foreign key/i)
  }
  for (let round = 0; round < 20; round++)
    await Promise.all(Array.from({ length: 8 }, (_, i) => leave(`learner-${round}-${i}`)))
  await db.destroy()
})
