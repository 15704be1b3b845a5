/** `npm run soak -- data [--rounds 100] [--seed 1]`: the server killed with `kill -9` under load, on both databases; `npm test` does ten rounds of the same. */
import { parseArgs } from 'node:util'
import { report } from '../bench/figures.ts'
import { dataRounds } from '../faults/database/data-rounds.ts'
import { startBareServer } from '../harness/bare-server.ts'
import { startPostgres } from '../harness/postgres.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const options = {
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  progress: (text: string) => void process.stderr.write(`  ${text}\n`),
}
const sqlite = await onSqlite()
const postgres = await onPostgres()
const none = { max: 0 }
report({
  bench: 'data',
  kind: 'soak',
  figures: {
    ...{ rounds: options.rounds, seed: options.seed },
    ...Object.fromEntries(Object.entries(sqlite).map(([name, value]) => [`sqlite_${name}`, value])),
    ...Object.fromEntries(Object.entries(postgres).map(([name, value]) => [`postgres_${name}`, value])),
  },
  budget: {
    ...{ sqlite_lost: none, sqlite_invented: none, sqlite_corrupt: none, sqlite_acknowledged: { min: 1 } },
    ...{ postgres_lost: none, postgres_invented: none, postgres_corrupt: none, postgres_acknowledged: { min: 1 } },
  },
})

async function onSqlite() {
  await using server = await startBareServer()
  return await dataRounds(server, options)
}

async function onPostgres() {
  await using database = await startPostgres({ durable: true })
  await using server = await startBareServer({ DATABASE_URL: database.url() })
  return await dataRounds(server, { ...options, postgres: database })
}
