/** `npm run labs -- <action>`: what authors of labs work with. The proof runs on the test instance's lab engine; the rest needs none. */
import { onLabEngine } from './bring-up.ts'
import { UsageError, type CommandContext } from './command.ts'
import { followLab } from './follow-lab.ts'
import { takeLock } from './lock.ts'
import { runChild } from './run-child.ts'

type Action = (context: CommandContext, rest: readonly string[]) => Promise<number>

const actions: Record<string, { usage: string; run: Action }> = {
  new: { usage: '<topic>/<lab>', run: (context, rest) => author('new', context, rest) },
  lint: {
    usage: '[topic/lab…] [--json]',
    run: (context, rest) => runChild(['site/src/build/lint-main.ts', ...rest], context),
  },
  dev: { usage: '<topic>/<lab>', run: followLab },
  verify: { usage: '[topic/lab…] [--case name] [--seed n] [--parallel n] [--json] [--outcomes]', run: verify },
  schema: { usage: '(writes labs/lab.schema.json)', run: (context, rest) => author('schema', context, rest) },
}

export async function labs(context: CommandContext): Promise<number> {
  const [name = '', ...rest] = context.args
  const action = actions[name]
  if (action) return action.run(context, rest)
  const lines = Object.entries(actions).map(([each, { usage }]) => `  npm run labs -- ${each} ${usage}`)
  throw new UsageError(`\`npm run labs\` takes an action:\n${lines.join('\n')}`)
}

const author = (action: string, context: CommandContext, rest: readonly string[]) =>
  runChild(['labs/kit/src/author-main.ts', action, ...rest], context)

async function verify(context: CommandContext, rest: readonly string[]): Promise<number> {
  const release = takeLock(context.instance, 'labs')
  try {
    return await onLabEngine(context, () => runChild(['sandbox-server/src/verify-main.ts', ...rest], context))
  } finally {
    release()
  }
}
