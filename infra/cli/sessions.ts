/** `npm run sessions`: what the operator sees and does with the sessions of the server that runs. */
import { connectToServer } from './ask-server.ts'
import { UsageError, type CommandContext } from './command.ts'
import { formatSessions, type OperatorView } from './sessions-table.ts'

const usage = '`npm run sessions` takes: nothing, `end <id|all>`, `drain` or `undrain`; and --json'

export async function sessions(context: CommandContext): Promise<number> {
  const json = context.args.includes('--json')
  const [action = 'list', session, ...more] = context.args.filter((arg) => arg !== '--json')
  const takes = action === 'end' ? session !== undefined : session === undefined
  if (!['list', 'end', 'drain', 'undrain'].includes(action) || !takes || more.length > 0) throw new UsageError(usage)
  const ask = connectToServer(context.instance, 'there are no sessions to show')
  if (action === 'end') {
    const ended = (await ask('POST', 'end', { session })) as { ending: number; workshops: number }
    const what =
      ended.workshops > 0
        ? 'The workshop is over, and its places are free. Labs of its learners go on, and end as others do.'
        : `Ending: ${ended.ending}. Work folders and finished tasks are kept as usual.`
    print(json ? JSON.stringify(ended) : what)
    return 0
  }
  const view = (await (action === 'list'
    ? ask('GET', 'sessions')
    : ask('POST', 'maintenance', { begun: action === 'drain' }))) as OperatorView
  print(json ? JSON.stringify(view) : formatSessions(view, Date.now()))
  return 0
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
