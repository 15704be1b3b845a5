/** Runs one of our own programs under Node 24 with the terminal handed through, and ends it when we are stopped. */
import { spawn } from 'node:child_process'
import type { CommandContext } from './command.ts'

export interface ChildOptions {
  /** Over the environment of this process. */
  env?: Record<string, string>
  /** Everything it prints goes here instead of to the terminal. */
  log?: (text: string) => void
  /** Ends it with SIGTERM after this time, and with SIGKILL ten seconds later. */
  timeout_ms?: number
}

/** `argv`: the script and what follows. Resolves with the exit status; 1 for an end by signal. */
export function runChild(
  argv: readonly string[],
  context: Pick<CommandContext, 'instance' | 'signal'>,
  options: ChildOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { log } = options
    const child = spawn(process.execPath, argv, {
      cwd: context.instance.root,
      stdio: log ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit'],
      // In a group of its own, so that all it started can be ended with it and Ctrl-C reaches it through us.
      detached: log !== undefined,
      env: { ...process.env, ...options.env, DRYDOCK_STATE: context.instance.state },
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => log?.(text))
    const end = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(log ? -child.pid : child.pid, signal)
      } catch {
        // it is gone already
      }
    }
    let kill: NodeJS.Timeout | undefined
    const stop = () => {
      end('SIGTERM')
      kill = setTimeout(() => end('SIGKILL'), 10_000)
    }
    const late = options.timeout_ms === undefined ? undefined : setTimeout(stop, options.timeout_ms)
    context.signal.addEventListener('abort', stop, { once: true })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(late)
      clearTimeout(kill)
      context.signal.removeEventListener('abort', stop)
      resolve(code ?? 1)
    })
  })
}
