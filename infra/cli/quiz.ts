/** `npm run quiz -- <action>`: what authors of questions work with. */
import { UsageError, type CommandContext } from './command.ts'
import { runChild } from './run-child.ts'

export async function quiz(context: CommandContext): Promise<number> {
  const [action, ...rest] = context.args
  if (action === 'lint') return runChild(['labs/kit/src/quiz-main.ts', ...rest], context)
  if (action === 'stats') return runChild(['sandbox-server/src/stats-main.ts', ...rest], context)
  throw new UsageError(
    '`npm run quiz` takes an action:\n  npm run quiz -- lint [--json]\n  npm run quiz -- stats [--json]',
  )
}
