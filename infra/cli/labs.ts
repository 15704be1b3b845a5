/** `npm run labs -- verify [lab…]`: proves the checks of labs on the test instance's lab engine. */
import { onLabEngine } from './bring-up.ts'
import { UsageError, type CommandContext } from './command.ts'
import { takeLock } from './lock.ts'
import { runChild } from './run-child.ts'

export async function labs(context: CommandContext): Promise<number> {
  const [action, ...rest] = context.args
  if (action !== 'verify')
    throw new UsageError('`npm run labs` knows one action: npm run labs -- verify [topic/lab…] [--case name]… [--json]')
  const release = takeLock(context.instance, 'labs')
  try {
    return await onLabEngine(context, () => runChild(['sandbox-server/src/verify-main.ts', ...rest], context))
  } finally {
    release()
  }
}
