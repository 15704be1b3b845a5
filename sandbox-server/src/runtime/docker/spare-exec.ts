/** Programs of a node that were begun ahead: a shell waits for the one line that says what it becomes. Beginning one takes the engine a tenth of a second. */
import type Docker from 'dockerode'
import { openExec, type ExecSpec, type ExecStream } from './exec-stream.ts'

export type OpenExec = (spec: ExecSpec, onStderr?: (chunk: Buffer) => void) => Promise<ExecStream>

export interface SpareExec {
  /** Becomes this program; null when it cannot, and the program is begun in the usual way. */
  use(spec: ExecSpec, onStderr?: (chunk: Buffer) => void): ExecStream | null
  close(): void
}

export async function openSpare(container: Docker.Container): Promise<SpareExec> {
  let listener: ((chunk: Buffer) => void) | undefined
  // `read` takes its line byte by byte: what follows is the program's.
  const argv = ['/bin/sh', '-c', 'read -r line && eval "$line"']
  const exec = await openExec(container, { argv, cwd: '/' }, (chunk) => listener?.(chunk))
  let usable = true
  exec.stdout.once('close', () => (usable = false))
  exec.stdin.once('close', () => (usable = false))
  exec.stdin.on('error', () => (usable = false))
  return {
    use(spec, onStderr) {
      const line = toLine(spec)
      if (!usable || line === null) return null
      usable = false
      listener = onStderr
      exec.stdin.write(`${line}\n`)
      return exec
    },
    close: () => exec.close(),
  }
}

/** The same program as a line of shell; null when it does not fit on one. */
export function toLine({ argv, env = [], cwd }: ExecSpec): string | null {
  const words = [...argv, ...env, cwd ?? '']
  if (words.some((word) => /[\n\0]/.test(word))) return null
  const go = cwd === undefined ? '' : `cd ${quote(cwd)} && `
  return `${go}${env.map((pair) => `export ${quote(pair)}; `).join('')}exec ${argv.map(quote).join(' ')}`
}

const quote = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`

/** Begins programs by what is spare, the first one first, and in the usual way afterwards. */
export function spareFirst(container: Docker.Container, spares: SpareExec[]): OpenExec {
  return async (spec, onStderr) => {
    for (let spare = spares.shift(); spare; spare = spares.shift()) {
      const exec = spare.use(spec, onStderr)
      if (exec) return exec
      spare.close()
    }
    return await openExec(container, spec, onStderr)
  }
}
