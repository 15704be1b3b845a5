/** The real server without a lab engine, in a state folder of its own: for what needs no lab, and for killing it often. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../infra/cli/port.ts'
import { lastWords, serverLog, startServer, type ServerProcess } from '../../infra/cli/server-process.ts'
import { openInstance, type Instance } from '../../infra/instance.ts'
import { createLearner, type Learner } from './learner.ts'
import { askAsOperator, repository } from './platform.ts'

export interface BareServer extends AsyncDisposable {
  /** Origin under which it is reached; the same after a restart. */
  readonly url: string
  readonly instance: Instance
  /** Its settings, as other programs on the same state need them. */
  readonly env: Record<string, string>
  learner(): Learner
  /** For somebody who is to teach; good once. */
  instructorLink(): Promise<string>
  kill9(): Promise<void>
  /** Starts it again after `kill9`; resolves when it answers learners. */
  restart(): Promise<void>
}

/** `env`: settings over the usual ones. */
export async function startBareServer(env: Record<string, string> = {}): Promise<BareServer> {
  const top = mkdtempSync(path.join(tmpdir(), 'drydock-bare-'))
  const labs = path.join(top, 'labs')
  mkdirSync(labs)
  const instance = openInstance(repository, path.join(top, 'state'))
  mkdirSync(instance.logs)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const settings = { PORT: String(port), PUBLIC_URL: url, DRYDOCK_LABS: labs, DRYDOCK_POOL_MAX: '0', ...env }
  let server: ServerProcess
  let ended = false
  const begin = async () => {
    ended = false
    const begun = startServer(instance, `http://127.0.0.1:${port}`, { env: { DRYDOCK_POOL_MIN: '0', ...settings } })
    void begun.ended.then(() => (ended = true))
    server = begun
    const until = Date.now() + 60_000
    while (!(await answers(`http://127.0.0.1:${port}`))) {
      if (ended || Date.now() > until) throw new Error(`no server: ${lastWords(serverLog(instance))}`)
      await delay(25)
    }
  }
  // Whatever ends the tests ends the server too.
  const onExit = () => void (ended || process.kill(server.pid, 'SIGKILL'))
  process.on('exit', onExit)
  await begin()
  return {
    url,
    instance,
    env: { ...settings, DRYDOCK_STATE: instance.state },
    learner: () => createLearner(url),
    async instructorLink() {
      const asked = askAsOperator<{ link: { url: string } }>(
        instance,
        `http://127.0.0.1:${port}`,
        'POST',
        'instructor',
        {},
      )
      return (await asked).link.url
    },
    async kill9() {
      process.kill(server.pid, 'SIGKILL')
      await server.ended
    },
    restart: begin,
    async [Symbol.asyncDispose]() {
      if (!ended) await server.stop()
      process.off('exit', onExit)
      rmSync(top, { recursive: true })
    },
  }
}

/** Takes requests of learners: it listens, and has taken over what there was. */
async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/progress`).catch(() => null)
  await answer?.arrayBuffer()
  return answer?.status === 200
}
