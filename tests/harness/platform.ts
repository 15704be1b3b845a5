/** The real server on the test instance's lab engine, for tests that speak to it from outside: starts, kills, restarts it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { OperatorView } from '@drydock/sandbox-server/contract'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../infra/cli/port.ts'
import { serverLog, startServer, waitForHealth, type ServerProcess } from '../../infra/cli/server-process.ts'
import { engineVersion } from '../../infra/engine/lab-engine.ts'
import { openInstance, type Instance } from '../../infra/instance.ts'
import { createLearner, type Learner } from './learner.ts'

export interface PlatformOptions {
  /** Under which browsers know it, instead of localhost. */
  host?: string
  /** Settings of the server, as in its environment. */
  env?: Record<string, string>
  args?: readonly string[]
}

export interface Platform {
  /** Origin under which it is reached, for example `http://localhost:41234`; the same after a restart. */
  readonly url: string
  /** The same without a proxy before it: where the server itself listens. */
  readonly inner: string
  readonly state: string
  readonly instance: Instance
  /** File with the server's log lines. */
  readonly log: string
  readonly pid: number
  /** A new person without a cookie. */
  learner(): Learner
  /** A link that makes whoever opens it an instructor, as `npm run instructor` prints it. */
  instructorLink(): Promise<string>
  /** Ends all sessions and classes, and waits until they are gone, 30 s unless there are many. */
  endAll(within_ms?: number): Promise<void>
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>
  /** SIGKILL, and waits for its end. */
  kill9(): Promise<void>
  /** Starts it again on the same port after `stop` or `kill9`, and waits until it is healthy. */
  restart(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export const repository = path.resolve(import.meta.dirname, '../..')

/** The instance that tests work on: the one `npm test` has brought up. */
export const testInstance = (): Instance => openInstance(repository, process.env.DRYDOCK_STATE || '.drydock-test')

/** Asks what the operator alone may ask. */
export async function askAsOperator<T>(
  instance: Instance,
  url: string,
  method: string,
  what: string,
  body?: object,
): Promise<T> {
  const key = readFileSync(path.join(instance.state, 'operator.key'), 'utf8')
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
  const answer = await fetch(`${url}/api/operator/${what}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  })
  return (await answer.json()) as T
}

/** Ends all sessions and classes and waits until they are gone. */
async function endAll(instance: Instance, url: string, within_ms = 30_000): Promise<void> {
  const look = () => askAsOperator<OperatorView>(instance, url, 'GET', 'sessions')
  const end = (session: string) => askAsOperator(instance, url, 'POST', 'end', { session })
  const { sessions, workshops } = await look()
  for (const { id } of workshops) await end(id)
  if (sessions.length > 0) await end('all')
  const deadline = Date.now() + within_ms
  for (let left = { sessions, workshops }; left.sessions.length > 0 || left.workshops.length > 0; left = await look()) {
    if (Date.now() > deadline)
      throw new Error(
        `${left.sessions.length} sessions and ${left.workshops.length} classes did not end within ${within_ms} ms.`,
      )
    await delay(50)
  }
}

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const instance = testInstance()
  if ((await engineVersion(instance)) === null)
    throw new Error(
      'There is no lab engine for tests here. Run this through `npm test -- <suite>`, which brings one up.',
    )
  const port = await freePort()
  const url = `http://${options.host ?? 'localhost'}:${port}`
  const log = serverLog(instance)
  const begin = async (): Promise<ServerProcess> => {
    const server = startServer(instance, `http://127.0.0.1:${port}`, {
      env: { PORT: String(port), PUBLIC_URL: url, ...options.env },
      ...(options.args ? { args: options.args } : {}),
    })
    try {
      await waitForHealth(server, AbortSignal.timeout(60_000), log, () => undefined)
      return server
    } catch (error) {
      await server.stop()
      throw error
    }
  }
  let server = await begin()
  // A run that was cut off leaves some, and this server has just taken them over: they would use up places and memory.
  await endAll(instance, `http://127.0.0.1:${port}`)
  // Whatever ends the tests ends the server too.
  const onExit = () => {
    try {
      process.kill(server.pid, 'SIGKILL')
    } catch {
      // it is gone already
    }
  }
  process.on('exit', onExit)
  const stop = async () => {
    await server.stop()
    process.off('exit', onExit)
  }
  return {
    url,
    inner: `http://127.0.0.1:${port}`,
    state: instance.state,
    instance,
    log,
    get pid() {
      return server.pid
    },
    learner: () => createLearner(url),
    async instructorLink() {
      const inner = `http://127.0.0.1:${port}`
      const { link } = await askAsOperator<{ link: { url: string } }>(instance, inner, 'POST', 'instructor', {})
      return link.url
    },
    endAll: (within_ms) => endAll(instance, `http://127.0.0.1:${port}`, within_ms),
    stop,
    async kill9() {
      process.kill(server.pid, 'SIGKILL')
      await server.ended
    },
    async restart() {
      server = await begin()
    },
    [Symbol.asyncDispose]: stop,
  }
}
