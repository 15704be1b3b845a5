/** Runs of labs with their tasks and deeds. One that was imported is a copy under an id of its own: two learners may have taken the same file in. */
import { createHash } from 'node:crypto'
import type { ExportParts } from '../../contract/learner-export.ts'
import type { Database } from '../open-database.ts'
import { createSessionStore, type SessionRecord } from '../session-store.ts'
import type { Holding } from './holding.ts'

type Run = ExportParts['sessions'][number]

export const sessions: Holding<Run[]> = {
  async read(db, learner) {
    const store = createSessionStore(db)
    const runs: Run[] = []
    for (const record of await recordsOf(db, learner)) {
      const { lab, state, seed, created_at, ended_at, resumed, reason } = record
      const tasks = await store.tasks(record.id)
      const deeds = await store.deeds(record.id)
      runs.push({
        ...{ id: originalOf(record), lab, state, seed, created_at, ended_at, resumed: resumed === 1, reason },
        ...{ tasks, deeds },
      })
    }
    return runs
  },
  async take(db, learner, runs) {
    const store = createSessionStore(db)
    const known = new Set((await recordsOf(db, learner)).map(originalOf))
    for (const { id: original, tasks, deeds, resumed, ...run } of runs) {
      if (run.ended_at === null || known.has(original)) continue
      known.add(original)
      const id = copyId(learner, original)
      const spent = {
        state: 'gone',
        deadline: null,
        ready_at: run.created_at,
        extensions_left: 0,
        copy_of: original,
      } as const
      await store.insert({ id, learner, ...run, resumed: resumed ? 1 : 0, ...spent })
      for (const task of tasks) await store.saveTask(id, task)
      for (const deed of deeds) await store.note(id, deed)
    }
  },
  async join(db, from, to) {
    const there = new Map((await recordsOf(db, to)).map((record) => [originalOf(record), record]))
    for (const record of await recordsOf(db, from)) {
      const same = there.get(originalOf(record))
      // Of a run and its copy the run stays.
      const gone = same && (record.copy_of === null ? same : record)
      if (gone) await db.deleteFrom('sessions').where('id', '=', gone.id).execute()
      if (gone !== record) await db.updateTable('sessions').set({ learner: to }).where('id', '=', record.id).execute()
    }
  },
}

const originalOf = (record: SessionRecord) => record.copy_of ?? record.id

const copyId = (learner: string, original: string) =>
  createHash('sha256').update(`${learner}:${original}`).digest('hex').slice(0, 16)

const recordsOf = (db: Database, learner: string) =>
  db.selectFrom('sessions').selectAll().where('learner', '=', learner).orderBy('created_at').orderBy('id').execute()
