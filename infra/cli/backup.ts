/** `npm run backup` and `npm run restore`: what learners have done, in one file, while the platform runs or not. */
import path from 'node:path'
import { UsageError, type CommandContext } from './command.ts'
import { takeLock } from './lock.ts'
import { runChild } from './run-child.ts'
import { findServer } from './server-process.ts'

const script = 'sandbox-server/src/backup-main.ts'
/** As the person who calls names it, from where they are. */
const resolve = (file: string) => path.resolve(process.env.INIT_CWD ?? '.', file)

export async function backup(context: CommandContext): Promise<number> {
  const [file, ...more] = context.args
  if (more.length > 0 || file?.startsWith('-'))
    throw new UsageError('`npm run backup` takes the name of a file, or nothing: npm run backup -- drydock.backup')
  const usual = `drydock-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`
  return await runChild([script, 'backup', resolve(file ?? usual)], context)
}

export async function restore(context: CommandContext): Promise<number> {
  const { args, instance } = context
  const [file, ...more] = args.filter((arg) => arg !== '--replace')
  if (file === undefined || more.length > 0 || file.startsWith('-'))
    throw new UsageError(
      '`npm run restore` takes a file that `npm run backup` made: npm run restore -- file [--replace]',
    )
  const release = takeLock(instance, 'restore')
  try {
    const replace = args.includes('--replace') ? ['--replace'] : []
    const serving = findServer(instance) ? ['--serving'] : []
    return await runChild([script, 'restore', resolve(file), ...replace, ...serving], context)
  } finally {
    release()
  }
}
