/** Protects: what a task came to is stored wholly or not at all, however far the server got with it. */
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/test-database.ts'
import { createLearnerStore } from './learner-store.ts'
import { openDatabase } from './open-database.ts'
import { createSessionStore } from './session-store.ts'

test('a hint that could not be counted was not taken, and has not happened', async () => {
  await using database = await createTestDatabase()
  const db = await openDatabase(database.place, () => undefined)
  const [sessions, learners] = [createSessionStore(db), createLearnerStore(db)]
  await learners.see('someone', 1)
  const session = { id: 'abc', learner: 'someone', lab: 'layers/cache' }
  const life = {
    state: 'ready',
    seed: 1,
    created_at: 1,
    ready_at: 1,
    resumed: 0,
    deadline: null,
    extensions_left: 3,
  } as const
  await sessions.insert({ ...session, ...life, reason: null, ended_at: null, copy_of: null })
  const task = { task: 'one', passed_at: null, tries: 0, hints: ['look'], shown: false }
  const outcome = { achieved: [{ hints: 1 }], deeds: [{ at: 2, kind: 'hint', task: 'one' }] } as const

  // Nobody to count it for: as the second of three writes fails, so would a server that dies between them.
  await expect(sessions.record({ ...session, learner: 'nobody' }, task, outcome)).rejects.toThrow(/foreign key/i)
  expect(await sessions.tasks('abc')).toEqual([])
  expect(await sessions.deeds('abc')).toEqual([])

  await sessions.record(session, task, outcome)
  expect(await sessions.tasks('abc')).toEqual([task])
  expect(await sessions.deeds('abc')).toEqual(outcome.deeds)
  expect((await learners.progress('someone')).labs).toEqual({ 'layers/cache': { passed: {}, tries: 0, hints: 1 } })
  await db.destroy()
})
