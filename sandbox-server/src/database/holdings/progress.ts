/** Progress in tasks. Each origin counts for itself, so that what arrives twice, by whatever way, counts once. */
import type { ExportParts } from '../../contract/learner-export.ts'
import type { Database } from '../open-database.ts'
import type { Holding } from './holding.ts'

type Row = ExportParts['progress'][number]

export const progress: Holding<Row[]> = {
  async read(db, learner) {
    const query = db.selectFrom('progress').select(['origin', 'lab', 'task', 'passed_at', 'tries', 'hints'])
    return await query.where('learner', '=', learner).orderBy('lab').orderBy('task').orderBy('origin').execute()
  },
  async take(db, learner, rows) {
    const known = new Map((await progress.read(db, learner)).map((row) => [keyOf(row), row]))
    for (const row of rows) {
      const before = known.get(keyOf(row))
      const further = before ? furthest(before, row) : row
      known.set(keyOf(row), further)
      await put(db, { learner, ...further })
    }
  },
  join: async (db, from, to) => progress.take(db, to, await progress.read(db, from)),
}

const keyOf = ({ origin, lab, task }: Row) => `${origin} ${lab} ${task}`

function furthest(a: Row, b: Row): Row {
  const passes = [a.passed_at, b.passed_at].filter((at) => at !== null)
  return {
    ...a,
    passed_at: passes.length > 0 ? Math.min(...passes) : null,
    tries: Math.max(a.tries, b.tries),
    hints: Math.max(a.hints, b.hints),
  }
}

async function put(db: Database, row: Row & { learner: string }): Promise<void> {
  const { passed_at, tries, hints } = row
  await db
    .insertInto('progress')
    .values(row)
    .onConflict((c) => c.columns(['learner', 'origin', 'lab', 'task']).doUpdateSet({ passed_at, tries, hints }))
    .execute()
}
