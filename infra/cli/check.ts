/** `npm run check`: all that can be known without a lab engine, in under a minute; and `npm run format`. */
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { run, RunError } from '../process.ts'
import { parts, type Part } from './check-parts.ts'
import { UsageError, type CommandContext } from './command.ts'

interface Result {
  name: string
  ok: boolean
  seconds: number
}

const bin = (root: string, name: string) => path.join(root, 'node_modules/.bin', name)

export async function check(context: CommandContext): Promise<number> {
  const names = context.args.filter((arg) => !arg.startsWith('--'))
  const unknown = names.find((name) => !parts.some((part) => part.name === name))
  if (unknown !== undefined)
    throw new UsageError(`There is no part '${unknown}'. Parts: ${parts.map((part) => part.name).join(', ')}.`)
  const queue = parts.filter((part) => names.length === 0 || names.includes(part.name))
  const results: Result[] = []
  const failures: string[] = []
  const worker = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) results.push(await runPart(part, context, failures))
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker))
  context.signal.throwIfAborted()
  for (const failure of failures) context.progress.say(`\n${failure}`)
  const ok = failures.length === 0
  if (context.args.includes('--json')) process.stdout.write(`${JSON.stringify({ parts: results, ok })}\n`)
  return ok ? 0 : 1
}

async function runPart(part: Part, context: CommandContext, failures: string[]): Promise<Result> {
  const task = context.progress.begin(part.name)
  const since = Date.now()
  const { root } = context.instance
  const outputs: string[] = []
  for (const [program, ...args] of part.commands) {
    let output = ''
    const log = (text: string) => {
      output += text
      context.log(text)
    }
    context.log(`\n== ${part.name}: ${program} ${args.join(' ')}`)
    try {
      const env = { ...process.env, FORCE_COLOR: '0', ASTRO_TELEMETRY_DISABLED: '1' }
      await run(bin(root, program), args, { cwd: path.join(root, part.cwd ?? '.'), env, signal: context.signal, log })
    } catch (error) {
      outputs.push(error instanceof RunError ? output : String(error))
    }
  }
  const ok = outputs.length === 0
  task.end(ok ? 'done' : 'failed', ok ? '' : 'see below')
  if (!ok) failures.push(`${part.name}:\n${lastLines(outputs.join('\n'), 80)}`)
  return { name: part.name, ok, seconds: Math.round((Date.now() - since) / 100) / 10 }
}

function lastLines(text: string, count: number): string {
  const lines = text.trim().split('\n')
  return lines.length <= count
    ? lines.join('\n')
    : `… ${lines.length - count} more lines in the log\n${lines.slice(-count).join('\n')}`
}

export async function format(context: CommandContext): Promise<number> {
  const task = context.progress.begin('format')
  const { root } = context.instance
  const changed = await run(bin(root, 'prettier'), ['--write', '--list-different', '.'], {
    cwd: root,
    signal: context.signal,
    log: context.log,
  })
  const files = changed.split('\n').filter(Boolean)
  task.end('done', files.length === 1 ? '1 file changed' : `${files.length} files changed`)
  for (const file of files) process.stdout.write(`${file}\n`)
  return 0
}
