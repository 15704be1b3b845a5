/** `npm run attacks [-- word…] [--json]`: carries out the catalogue on the test instance's lab engine, all of it or what the words name. */
import { testInstance } from '../harness/platform.ts'
import type { Theme } from './attack.ts'
import { cgroups } from './cgroups.ts'
import { execute } from './execute.ts'
import { kernel } from './kernel.ts'
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
try {
  const result = await execute([kernel(world), cgroups(world)].flatMap(chosen), say)
  say(`\n${result.held} of ${result.attacks} attacks held; ${result.controls} were shown to work without their guard`)
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exitCode = result.held === result.attacks && result.attacks > 0 ? 0 : 1
} finally {
  await world.close()
}
