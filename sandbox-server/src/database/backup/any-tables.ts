/** Tables as whoever copies them sees them: by name, whatever they are for. */
import { sql, type Kysely } from 'kysely'
import type { Database } from '../open-database.ts'

export type Row = Record<string, unknown>
export type AnyDatabase = Kysely<Record<string, Row>>

export const anyTables = (db: Database): AnyDatabase => db as unknown as AnyDatabase

export interface Table {
  name: string
  columns: string[]
  /** Which of its columns hold what of which table. */
  references: { column: string; table: string; to: string }[]
}

/** Tables that a backup has beyond those of the database begin with this. */
export const own = 'backup_'

/** All tables of a file of SQLite, each after those that it refers to. Read from the file itself, so that none can be forgotten. */
export async function tablesInOrder(db: AnyDatabase): Promise<Table[]> {
  const found = (await db.introspection.getTables()).filter((each) => !each.name.startsWith(own))
  const tables: Table[] = []
  for (const { name, columns } of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const keys = sql<{ column: string; table: string; to: string | null }>`
      select "from" as "column", "table", "to" from pragma_foreign_key_list(${name})`
    const references = (await keys.execute(db)).rows.map((row) => ({ ...row, to: row.to ?? 'id' }))
    tables.push({ name, columns: columns.map((each) => each.name), references })
  }
  return order(tables)
}

function order(tables: readonly Table[]): Table[] {
  const done = new Set<string>()
  const add = (table: Table, via: readonly string[]): void => {
    if (done.has(table.name)) return
    if (via.includes(table.name)) throw new Error(`tables refer to each other in a circle: ${via.join(', ')}`)
    for (const { table: other } of table.references) {
      const target = tables.find((each) => each.name === other && other !== table.name)
      if (target) add(target, [...via, table.name])
    }
    done.add(table.name)
  }
  for (const table of tables) add(table, [])
  return [...done].flatMap((name) => tables.find((table) => table.name === name) ?? [])
}

/** Values in one statement: SQLite takes 32766. */
const most = 30_000

/** Rows of one table into the same one elsewhere; answers how many. */
export async function copyTable(from: AnyDatabase, to: AnyDatabase, { name, columns }: Table): Promise<number> {
  const size = Math.max(1, Math.min(500, Math.floor(most / columns.length)))
  let count = 0
  let batch: Row[] = []
  const write = async () => {
    if (batch.length > 0) await to.insertInto(name).values(batch).execute()
    count += batch.length
    batch = []
  }
  for await (const row of from.selectFrom(name).selectAll().stream(size)) {
    batch.push(row)
    if (batch.length === size) await write()
  }
  await write()
  return count
}

export async function countRows(db: AnyDatabase, table: string): Promise<number> {
  const query = db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('rows'))
  return (await query.executeTakeFirstOrThrow()).rows
}
