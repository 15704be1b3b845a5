/** What stands before the server in a room without internet, as infra/proxy has it: certificates, nginx and a name server of the tests' own, on loopback. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../infra/cli/port.ts'
import { findProgram } from '../../infra/host/programs.ts'
import { repository } from './platform.ts'

const makeRoom = path.join(repository, 'infra/proxy/make-room')

export interface Room extends AsyncDisposable {
  /** The authority that the room's laptops trust, in PEM. */
  readonly authority: string
  readonly httpPort: number
  /** Asks the room's name server. */
  readonly names: Resolver
  /** Runs `make-room` again for this folder; rejects with what it says. */
  make(...names: string[]): Promise<void>
}

export interface RoomOptions {
  names: readonly string[]
  /** Where nginx serves TLS. */
  port: number
  /** Where the server listens, for example `http://127.0.0.1:41234`. */
  server: string
}

export async function startRoom({ names, port, server }: RoomOptions): Promise<Room> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-room-'))
  await chmod(folder, 0o755)
  const make = async (...wanted: string[]) =>
    void (await promisify(execFile)('sh', [makeRoom, folder, '127.0.0.1', ...wanted]))
  await make(...names)
  const [httpPort, namePort] = [await freePort(), await freePort()]
  // The ports of this machine may be somebody's; all else is as in a room.
  change(path.join(folder, 'nginx.conf'), {
    'listen 80 ': `listen 127.0.0.1:${httpPort} `,
    'listen 443 ': `listen 127.0.0.1:${port} `,
    'http://127.0.0.1:4600': server,
  })
  const running: Running[] = []
  const room: Room = {
    authority: readFileSync(path.join(folder, 'public/room.crt'), 'utf8'),
    httpPort,
    names: new Resolver({ timeout: 2000, tries: 2 }),
    make,
    async [Symbol.asyncDispose]() {
      for (const each of running) await each.end()
      await rm(folder, { recursive: true })
    },
  }
  try {
    running.push(begin('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;']))
    const asRoot = ['--keep-in-foreground', '--user=root', `--port=${namePort}`, '--no-resolv', '--pid-file=']
    running.push(begin('dnsmasq', ['-C', path.join(folder, 'dnsmasq.conf'), ...asRoot]))
    await Promise.all([running[0]?.listens(port), running[1]?.listens(namePort)])
    room.names.setServers([`127.0.0.1:${namePort}`])
    return room
  } catch (error) {
    await room[Symbol.asyncDispose]()
    throw error
  }
}

function change(file: string, changes: Record<string, string>): void {
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of Object.entries(changes)) {
    if (text.split(from).length !== 2) throw new Error(`${file} should have '${from}' once`)
    text = text.replace(from, to)
  }
  writeFileSync(file, text)
}

interface Running {
  /** Resolves when it takes connections, fails with its last words when it has ended. */
  listens(port: number): Promise<void>
  end(): Promise<void>
}

function begin(name: string, args: readonly string[]): Running {
  const program = findProgram(name)
  if (program === null)
    throw new Error(`There is no ${name}: run this through \`npm test -- <suite>\`, which installs it.`)
  // Whatever ends the tests ends it too.
  const child: ChildProcess = spawn('setpriv', ['--pdeathsig=TERM', '--', program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  return {
    async listens(port) {
      const until = Date.now() + 20_000
      while (!(await answers(port))) {
        if (isOver() || Date.now() > until) throw new Error(`${name} does not listen: ${said}`)
        await delay(25)
      }
    },
    async end() {
      if (!isOver()) child.kill('SIGTERM')
      await ended
    },
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy())
  })
