/** Protects: what the server has acknowledged survives `kill -9` in the middle of the load, on both databases, and so do backups that are made meanwhile. */
import { expect, test } from 'vitest'
import { startBareServer } from '../../harness/bare-server.ts'
import { startPostgres } from '../../harness/postgres.ts'
import { dataRounds } from './data-rounds.ts'

/** Milliseconds: ten rounds took 50 s on a machine with a load of twelve, and two and a half minutes with one of twenty-five. */
const hung = 400_000
const nothingWrong = { lost: 0, invented: 0, corrupt: 0 }

test('killed under load ten times, on SQLite', { timeout: hung }, async () => {
  await using server = await startBareServer()
  const said: string[] = []
  const result = await dataRounds(server, { rounds: 10, seed: 4, progress: (text) => said.push(text) })
  expect(result, said.join('\n')).toMatchObject(nothingWrong)
  expect(result.acknowledged).toBeGreaterThan(100)
})

test('killed under load ten times, on PostgreSQL, which crashes with it now and then', { timeout: hung }, async () => {
  await using postgres = await startPostgres({ durable: true })
  await using server = await startBareServer({ DATABASE_URL: postgres.url() })
  const said: string[] = []
  const result = await dataRounds(server, { rounds: 10, seed: 4, postgres, progress: (text) => said.push(text) })
  expect(result, said.join('\n')).toMatchObject(nothingWrong)
  expect(result.acknowledged).toBeGreaterThan(100)
})
