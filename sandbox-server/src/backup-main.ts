/** `backup-main.ts backup <file>` and `backup-main.ts restore <file> [--replace] [--serving]`, on the database that the server's settings name. One sentence for people on stdout; exit status 1 with one on stderr. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig } from './config.ts'
import { BackupError, type About } from './database/backup/backup-file.ts'
import { makeBackup, type Kept } from './database/backup/make-backup.ts'
import { restoreBackup } from './database/backup/restore-backup.ts'
import { DatabaseError } from './database/open-database.ts'

const root = path.resolve(import.meta.dirname, '../..')

try {
  await main()
} catch (error) {
  const known = error instanceof BackupError || error instanceof DatabaseError || error instanceof ConfigError
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, serving: { type: 'boolean', default: false } },
  })
  const [action, file = ''] = positionals
  // It serves nobody, whatever HOST says.
  const { instance, database } = loadConfig(root, undefined, ['--insecure-lan'])
  const kept: Kept = { database, state: instance.state, work: instance.work }
  const say = (text: string) => void process.stdout.write(`${text}\n`)
  if (action === 'backup') {
    say(`${file} has ${content(await makeBackup(kept, file))}.`)
    return
  }
  const { about, replaced, running } = await restoreBackup(file, kept, values)
  say(`Restored from ${file}, made at ${about.made_at}: ${content(about)}.`)
  if (running > 0) say(`Labs that run go on: ${running}.`)
  if (replaced !== null)
    say(`What was there is in ${replaced}: \`npm run restore -- ${replaced} --replace\` brings it back.`)
}

function content({ rows, files }: About): string {
  const archives = Object.keys(files).filter((name) => name.startsWith('work/')).length
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0)
  return `${rows.learners ?? 0} learners, ${all} rows in ${Object.keys(rows).length} tables, kept work of ${archives} labs, and the key of their cookies`
}
