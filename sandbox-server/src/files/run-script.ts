/** Runs one of the scripts on a node: bytes in, bytes out, bounded in size and time; what went wrong becomes a refusal. */
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'
import type { NodeProcess, RuntimeNode } from '../runtime/port.ts'
import { exits, scripts } from './scripts.ts'

type Name = keyof typeof scripts

const patience = 30_000

export function openScript(node: RuntimeNode, name: Name, ...args: string[]): Promise<NodeProcess> {
  return node.run(['/bin/sh', '-c', scripts[name], 'files', node.folder, ...args])
}

export interface ScriptOptions {
  input?: Readable | Buffer
  /** Longest output, in bytes; more is refused as `TOO_LARGE`. */
  max?: number
  timeout_ms?: number
}

export async function runScript(
  node: RuntimeNode,
  name: Name,
  args: string[],
  { input, max = 65_536, timeout_ms = patience }: ScriptOptions = {},
): Promise<Buffer> {
  const running = await openScript(node, name, ...args)
  const timer = setTimeout(() => running.close(), timeout_ms)
  try {
    const fed = feed(running, input)
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > max) throw new Refusal('TOO_LARGE')
      chunks.push(chunk)
    }
    await fed
    await refuseFailure(running)
    return Buffer.concat(chunks)
  } finally {
    clearTimeout(timer)
    running.close()
  }
}

/** A script may end before it has read everything: its exit code says why. A sender who goes away is an error. */
async function feed(running: NodeProcess, input: ScriptOptions['input']): Promise<void> {
  running.stdin.on('error', () => undefined)
  if (input === undefined || Buffer.isBuffer(input)) return void running.stdin.end(input)
  try {
    await pipeline(input, running.stdin)
  } catch {
    running.stdin.destroy()
  }
}

export async function refuseFailure(running: NodeProcess): Promise<void> {
  const code = await running.code()
  if (code === 0) return
  const said = running.stderr()
  const full = /No space left|Disk quota exceeded/i.test(said)
  if (code === exits.space || full) throw new Refusal('NO_SPACE')
  if (code === exits.missing) throw new Refusal('FILE_UNKNOWN')
  if (code === exits.exists) throw new Refusal('FILE_EXISTS')
  if (code === exits.changed) throw new Refusal('FILE_CHANGED')
  if (code === exits.large)
    throw new Refusal('TOO_LARGE', 'This file is too large for the editor. Download it instead.')
  if (code === exits.outside)
    throw new Refusal(
      'FILE_REFUSED',
      'This is a link that leads out of the work folder. Use the terminal for what is there.',
    )
  if (code === exits.kind) throw new Refusal('FILE_REFUSED', 'This is not a plain file.')
  if (code === null) throw new Refusal('ENGINE_UNAVAILABLE')
  throw new Refusal('FILE_REFUSED', `The lab machine says: ${readable(said) || 'nothing'}.`)
}

const readable = (text: string) =>
  text
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 300)
