/** `npm run bench`, `soak` and `attacks`: bring up the test instance's engine, where one is needed, and run one script below tests/ on it. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { browserPackage, postgresPackage } from '../host/programs.ts'
import { onLabEngine } from './bring-up.ts'
import { UsageError, type CommandContext } from './command.ts'
import { takeLock } from './lock.ts'
import { packagesStep } from './packages-step.ts'
import { runChild } from './run-child.ts'
import { runSteps } from './run-steps.ts'
import { siteStep } from './site-step.ts'

export const bench = (context: CommandContext): Promise<number> => runScript(context, 'tests/bench')
export const soak = (context: CommandContext): Promise<number> => runScript(context, 'tests/soak')

async function runScript(context: CommandContext, folder: string): Promise<number> {
  const { root } = context.instance
  const at = context.args.findIndex((arg) => !arg.startsWith('-'))
  const name = context.args[at]
  const script = path.join(root, folder, `${name}.ts`)
  if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(script))
    throw new UsageError(explain(context.command, path.join(root, folder), name))
  const title = `${context.command} ${name}`
  const argv = [script, ...context.args.toSpliced(at, 1)]
  if (withoutEngine.has(title)) return runBare(context, title, argv)
  return runOnEngine(context, title, argv, withBrowser.has(title) ? browserPackage() : {})
}

/** These start servers of their own, in state folders of their own. */
const withoutEngine: ReadonlySet<string> = new Set(['soak data'])

/** These look at pages. */
const withBrowser: ReadonlySet<string> = new Set(['bench page', 'bench terminal'])

async function runBare(context: CommandContext, title: string, argv: readonly string[]): Promise<number> {
  await runSteps([packagesStep(postgresPackage, context)], context)
  context.progress.say(`  ${title}`)
  return runChild(argv, context)
}

export const attacks = (context: CommandContext): Promise<number> =>
  runOnEngine(context, 'attacks', ['tests/security/main.ts', ...context.args])

async function runOnEngine(
  context: CommandContext,
  title: string,
  argv: readonly string[],
  packages: Record<string, string> = {},
): Promise<number> {
  const release = takeLock(context.instance, context.command)
  try {
    const work = async () => {
      await runSteps([siteStep], context)
      context.progress.say(`  ${title}`)
      return runChild(argv, context)
    }
    return await onLabEngine(context, work, packages)
  } finally {
    release()
  }
}

function explain(command: string, folder: string, name: string | undefined): string {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    : []
  const list = names.map((file) => path.basename(file, '.ts')).join(', ')
  return `${name === undefined ? `\`npm run ${command}\` takes a name` : `There is no ${command} '${name}'`}. There are: ${list || 'none yet'}. For example: npm run ${command} -- ${names[0] ? path.basename(names[0], '.ts') : 'name'} --json`
}
