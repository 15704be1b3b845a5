/** An empty database for one test: a file, or one in the PostgreSQL server that the project `postgres` provides. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { DatabasePlace } from '../src/database/open-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of its database `postgres`; undefined in other projects. */
    postgres: string | undefined
  }
}

export interface TestDatabase extends AsyncDisposable {
  place: DatabasePlace
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres')
  if (server === undefined) return await createFileDatabase()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    place: { url: url.href },
    [Symbol.asyncDispose]: () => asOwner(server, `drop database ${name} with (force)`),
  }
}

export async function createFileDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-database-'))
  return {
    place: { file: path.join(folder, 'drydock.sqlite') },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

async function asOwner(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
