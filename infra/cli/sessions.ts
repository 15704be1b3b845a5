/** `npm run sessions`: what the operator sees and does with the sessions of the server that runs. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'
import { UsageError, type CommandContext } from './command.ts'
import { findServer } from './server-process.ts'
import { formatSessions, type OperatorView } from './sessions-table.ts'
import { StepError } from './step.ts'

const usage = '`npm run sessions` takes: nothing, `end <id|all>`, `drain` or `undrain`; and --json'

export async function sessions(context: CommandContext): Promise<number> {
  const json = context.args.includes('--json')
  const [action = 'list', session, ...more] = context.args.filter((arg) => arg !== '--json')
  const takes = action === 'end' ? session !== undefined : session === undefined
  if (!['list', 'end', 'drain', 'undrain'].includes(action) || !takes || more.length > 0) throw new UsageError(usage)
  const ask = connect(context.instance)
  if (action === 'end') {
    const { ending } = (await ask('POST', 'end', { session })) as { ending: number }
    print(json ? JSON.stringify({ ending }) : `Ending: ${ending}. Work folders and finished tasks are kept as usual.`)
    return 0
  }
  const view = (await (action === 'list'
    ? ask('GET', 'sessions')
    : ask('POST', 'maintenance', { begun: action === 'drain' }))) as OperatorView
  print(json ? JSON.stringify(view) : formatSessions(view, Date.now()))
  return 0
}

const print = (text: string) => void process.stdout.write(`${text}\n`)

function connect(instance: Instance) {
  const server = findServer(instance)
  if (!server)
    throw new StepError('The server does not run here, so there are no sessions to show. `npm start` starts it.')
  const key = readKey(path.join(instance.state, 'operator.key'))
  return async (method: string, what: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(`/api/operator/${what}`, server.url), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      throw new StepError(
        `The server at ${server.url} does not answer (${String(error)}). Its log: ${instance.logs}/server.log`,
      )
    })
    const said = (await answer.json()) as { error?: { message: string } }
    if (!answer.ok) throw new StepError(said.error?.message ?? `The server answered ${answer.status}.`)
    return said
  }
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StepError(
      `${file} cannot be read (${(error as Error).message}). The server writes it at its start; root can read it.`,
    )
  }
}
