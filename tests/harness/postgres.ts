/** A PostgreSQL of the tests' own, from Debian's programs: in a temporary folder, as a user without rights, on loopback with a password. The host's clusters are left alone. */
import { spawn, execFile, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../infra/cli/port.ts'
import { findProgram } from '../../infra/host/programs.ts'

export interface Postgres extends AsyncDisposable {
  /** Address of a database in it; that of the name `postgres` is always there. */
  url(database?: string): string
  readonly port: number
  /** Ends it: by SIGINT, which breaks all connections, or as a crash would (SIGQUIT). */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Again after `stop`, with what it holds. */
  start(): Promise<void>
}

/** Debian's `nobody` and `nogroup`: PostgreSQL refuses to run as root. */
const nobody = 65_534
const asNobody = process.getuid?.() === 0 ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []
// Whatever ends the tests ends it too.
const unprivileged = [...asNobody, '--pdeathsig=QUIT', '--']

/** `durable: false`: what it holds may be lost with the machine, which makes it quicker. */
export async function startPostgres({ durable }: { durable: boolean }): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-postgres-'))
  const data = path.join(folder, 'data')
  const password = randomBytes(12).toString('hex')
  writeFileSync(path.join(folder, 'password'), password, { mode: 0o600 })
  if (asNobody.length > 0) for (const each of ['', 'password']) chownSync(path.join(folder, each), nobody, nobody)
  const made = ['-D', data, '-U', 'drydock', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  await promisify(execFile)('setpriv', [
    ...unprivileged,
    ...[program('initdb'), ...made, `--pwfile=${path.join(folder, 'password')}`],
  ])
  const port = await freePort()
  let server: ChildProcess | undefined
  const postgres: Postgres = {
    port,
    url: (database = 'postgres') => `postgres://drydock:${password}@127.0.0.1:${port}/${database}`,
    async start() {
      server = await serve(data, port, durable)
    },
    async stop(signal = 'SIGINT') {
      const running = server
      server = undefined
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill(signal)
      await ended
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await postgres.start()
  return postgres
}

function program(name: string): string {
  const file = findProgram(name)
  if (file === null)
    throw new Error(
      `There is no ${name}: run this through \`npm test -- <suite>\`, which installs Debian's postgresql.`,
    )
  return file
}

/** Resolves when it takes connections. */
function serve(data: string, port: number, durable: boolean): Promise<ChildProcess> {
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
    ...{ fsync: durable ? 'on' : 'off', shared_buffers: '32MB', lc_messages: 'C' },
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn('setpriv', [...unprivileged, program('postgres'), '-D', data, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
      if (said.includes('ready to accept connections')) resolve(child)
    })
    child.on('error', reject)
    child.on('exit', (status) => reject(new Error(`postgres ended with ${status}: ${said}`)))
  })
}
