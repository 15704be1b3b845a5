/** The server as a process: started with its log in a file, remembered on disk so that other commands find it, ended by signal. */
import { spawn } from 'node:child_process'
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Instance } from '../instance.ts'
import { patient } from '../patience.ts'
import { StepError } from './step.ts'

export interface RunningServer {
  pid: number
  url: string
}

export const serverLog = (instance: Instance): string => path.join(instance.logs, 'server.log')
const recordFile = (instance: Instance) => path.join(instance.state, 'server.json')

/** When the process began, in the kernel's ticks: tells a process from a later one with the same number. */
function birth(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

/** This instance's server if it runs. */
export function findServer(instance: Instance): RunningServer | null {
  try {
    const record = JSON.parse(readFileSync(recordFile(instance), 'utf8')) as RunningServer & { birth?: string }
    return record.birth !== undefined && birth(record.pid) === record.birth
      ? { pid: record.pid, url: record.url }
      : null
  } catch {
    return null
  }
}

export interface ServerProcess extends RunningServer {
  /** Exit status, or the signal's name. */
  ended: Promise<number | NodeJS.Signals>
  /** Asks it to end (SIGTERM), insists after ten seconds, and resolves when it is gone. */
  stop(): Promise<void>
}

export interface ServerOptions {
  args?: readonly string[]
  /** Over the environment of this process. */
  env?: Record<string, string>
}

/** In a session of its own, so that Ctrl-C on the terminal reaches it through us alone, in the right order. */
export function startServer(instance: Instance, url: string, options: ServerOptions = {}): ServerProcess {
  const log = openSync(serverLog(instance), 'a')
  const child = spawn(
    process.execPath,
    [path.join(instance.root, 'sandbox-server/src/main.ts'), ...(options.args ?? [])],
    {
      cwd: instance.root,
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        // What was compiled once is read by the next start, which takes half of the time then.
        NODE_COMPILE_CACHE: path.join(instance.state, 'compiled'),
        ...{ ...process.env, NODE_ENV: 'production', ...options.env, DRYDOCK_STATE: instance.state },
      },
    },
  )
  const pid = child.pid
  if (pid === undefined)
    throw new StepError('The server process could not be started: this machine has no process or memory left for it.')
  writeFileSync(recordFile(instance), JSON.stringify({ pid, url, birth: birth(pid) }))
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      if (findServer(instance) === null) rmSync(recordFile(instance), { force: true })
      resolve(code ?? signal ?? 1)
    })
  })
  return {
    pid,
    url,
    ended,
    stop: () => endProcess(pid, ended),
  }
}

async function endProcess(pid: number, ended: Promise<unknown>): Promise<void> {
  signalProcess(pid, 'SIGTERM')
  const insist = setTimeout(() => signalProcess(pid, 'SIGKILL'), 10_000)
  await ended
  clearTimeout(insist)
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it is gone already
  }
}

/** Ends a server that another command started. Null when there was none. */
export async function stopServer(instance: Instance): Promise<RunningServer | null> {
  const server = findServer(instance)
  if (!server) return null
  const gone = async () => {
    while (findServer(instance)) await delay(50)
  }
  await endProcess(server.pid, gone())
  rmSync(recordFile(instance), { force: true })
  return server
}

/** Resolves when `/api/health` answers with 200; `onWait` hears the reason while it answers otherwise. */
export async function waitForHealth(
  server: ServerProcess,
  signal: AbortSignal,
  log: string,
  onWait: (reason: string) => void,
): Promise<void> {
  const state: { ended?: number | NodeJS.Signals } = {}
  void server.ended.then((how) => (state.ended = how))
  let deadline = Date.now() + patient(60_000)
  let reason = 'it did not answer'
  while (Date.now() < deadline) {
    signal.throwIfAborted()
    if (state.ended !== undefined)
      throw new StepError(
        `The server ended at once (${state.ended}). Its last words:\n\n${lastWords(log)}\n\nThe full log is ${log}.`,
      )
    try {
      const answer = await fetch(new URL('/api/health', server.url), { signal: AbortSignal.timeout(patient(2000)) })
      const body = await answer.text()
      if (answer.status === 200) return
      const told = (JSON.parse(body) as { error?: { message?: string } }).error?.message ?? `status ${answer.status}`
      // It gets on: labs are taken over one by one.
      if (told !== reason) deadline = Date.now() + patient(60_000)
      reason = told
      onWait(reason)
    } catch {
      // not listening yet
    }
    await delay(100)
  }
  throw new StepError(`The server is still not healthy: ${reason}. Its log is ${log}.`)
}

/** The last lines of a log of JSON lines, as people read them. */
export function lastWords(file: string, count = 6): string {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n').slice(-count)
  } catch {
    return '(no log)'
  }
  return lines
    .map((line) => {
      try {
        const entry = JSON.parse(line) as { msg?: string; err?: { message?: string } }
        return [entry.msg, entry.err?.message].filter(Boolean).join(': ') || line
      } catch {
        return line
      }
    })
    .join('\n')
}
