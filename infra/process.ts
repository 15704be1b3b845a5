/** Runs tools of the host: output to the log, a failure as an error that carries its last lines. */
import { spawn } from 'node:child_process'

export interface RunOptions {
  signal?: AbortSignal
  /** Receives everything the tool prints. */
  log?: (text: string) => void
  env?: NodeJS.ProcessEnv
  cwd?: string
  input?: string
  /** Runs it as this user instead of ours. */
  owner?: { uid: number; gid: number }
}

export class RunError extends Error {
  override name = 'RunError'
  readonly code: number | null
  readonly output: string
  constructor(command: string, code: number | null, output: string) {
    super(
      `${command} ended with ${code ?? 'a signal'}: ${output.trim().split('\n').slice(-6).join('\n') || 'no output'}`,
    )
    this.code = code
    this.output = output
  }
}

/** Runs a program without a shell and returns what it wrote to standard output; at most 16 MiB are kept. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...options.owner,
    })
    let stdout = ''
    let tail = ''
    const take = (chunk: string) => {
      options.log?.(chunk)
      tail = (tail + chunk).slice(-8192)
    }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (stdout.length < 16 * 1024 * 1024) stdout += chunk
      take(chunk)
    })
    child.stderr.setEncoding('utf8').on('data', take)
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(stdout)
      else reject(new RunError([command, ...args].join(' ').slice(0, 200), code, tail))
    })
  })
}

/** True when the program ends with 0. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, args)
    return true
  } catch {
    return false
  }
}
