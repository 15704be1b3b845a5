/** Labs that run while a backup is restored go on: their sessions, and all that hangs on them, are carried over. */
import type { AnyDatabase, Row, Table } from './any-tables.ts'

export interface Running {
  sessions: Row[]
  /** Of whom they are. */
  learners: Row[]
  /** Rows of other tables that refer to them. */
  others: { table: string; rows: Row[] }[]
}

export async function takeRunning(db: AnyDatabase, tables: readonly Table[]): Promise<Running> {
  const sessions = await db.selectFrom('sessions').selectAll().where('state', 'not in', ['gone', 'failed']).execute()
  const running: Running = { sessions, learners: [], others: [] }
  if (sessions.length === 0) return running
  const ids = sessions.map((session) => session.id)
  const people = sessions.map((session) => session.learner)
  running.learners = await db.selectFrom('learners').selectAll().where('id', 'in', people).execute()
  for (const { name, references } of tables) {
    const key = references.find((each) => each.table === 'sessions')
    if (!key) continue
    const rows = await db.selectFrom(name).selectAll().where(key.column, 'in', ids).execute()
    running.others.push({ table: name, rows })
  }
  return running
}

/** What runs is newer than what the backup knows of it. */
export async function putRunning(db: AnyDatabase, { sessions, learners, others }: Running): Promise<void> {
  if (sessions.length === 0) return
  const ids = sessions.map((session) => session.id)
  await db.deleteFrom('sessions').where('id', 'in', ids).execute()
  const known = await db
    .selectFrom('learners')
    .select('id')
    .where(
      'id',
      'in',
      learners.map((each) => each.id),
    )
    .execute()
  const strangers = learners.filter((each) => !known.some((row) => row.id === each.id))
  if (strangers.length > 0) await db.insertInto('learners').values(strangers).execute()
  await db.insertInto('sessions').values(sessions).execute()
  for (const { table, rows } of others) if (rows.length > 0) await db.insertInto(table).values(rows).execute()
}
