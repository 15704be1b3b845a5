/** `npm run quiz -- <action>`: what authors of questions work with. The proofs run on the test instance's lab engine. */
import { onLabEngine } from './bring-up.ts'
import { UsageError, type CommandContext } from './command.ts'
import { takeLock } from './lock.ts'
import { runChild } from './run-child.ts'

export async function quiz(context: CommandContext): Promise<number> {
  const [action, ...rest] = context.args
  if (action === 'lint') return runChild(['labs/kit/src/quiz-main.ts', ...rest], context)
  if (action === 'prove') return prove(context, rest)
  if (action === 'stats') return runChild(['sandbox-server/src/stats-main.ts', ...rest], context)
  throw new UsageError(
    `\`npm run quiz\` takes an action:
  npm run quiz -- lint [--json]
  npm run quiz -- prove [topic/lesson… | interview/topic…] [--question id] [--json]
  npm run quiz -- stats [--json]`,
  )
}

async function prove(context: CommandContext, rest: readonly string[]): Promise<number> {
  const release = takeLock(context.instance, 'quiz')
  try {
    return await onLabEngine(context, () => runChild(['sandbox-server/src/prove-main.ts', ...rest], context))
  } finally {
    release()
  }
}
