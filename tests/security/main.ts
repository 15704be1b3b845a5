/** `npm run attacks [-- word…] [--json]`: carries out the catalogue on the test instance's lab engine, all of it or what the words name. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { testInstance } from '../harness/platform.ts'
import type { Theme } from './attack.ts'
import { cgroups } from './cgroups.ts'
import { execute } from './execute.ts'
import { files } from './files.ts'
import { kernel } from './kernel.ts'
import { learners } from './learners.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'
import { network } from './network.ts'
import { neighbours } from './neighbours.ts'
import { previews } from './previews.ts'
import { server } from './server.ts'
import { wayOut } from './way-out.ts'
import { openWorld } from './world.ts'

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const say = (text: string) => void process.stderr.write(`${text}\n`)
const world = openWorld(testInstance(), say)
const chosen = (theme: Theme): Theme[] => {
  const attacks = theme.attacks.filter(
    ({ name }) => words.length === 0 || words.some((word) => `${theme.title} ${name}`.includes(word)),
  )
  return attacks.length > 0 ? [{ ...theme, attacks }] : []
}
const themes = [kernel, cgroups, mounts, network, wayOut, neighbours, limits, server, previews, files, learners].map(
  (theme) => theme(world),
)
const promises = readFileSync(path.join(world.instance.root, 'SECURITY.md'), 'utf8')
const silent = themes.flatMap(({ attacks }) => attacks.filter(({ name }) => !promises.includes(name)))
try {
  if (silent.length > 0)
    throw new Error(`SECURITY.md promises nothing that these would break: ${silent.map(({ name }) => name).join(', ')}`)
  const result = await execute(themes.flatMap(chosen), say)
  say(`\n${result.held} of ${result.attacks} attacks held; ${result.controls} were shown to work without their guard`)
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exitCode = result.held === result.attacks && result.attacks > 0 ? 0 : 1
} finally {
  await world.close()
}
