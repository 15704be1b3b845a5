/** What attacks aim at: services of the attacks' own on the host, in the lab engine's network, in a neighbour's node, and a relay to the lab engine's API. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { run } from '../../infra/process.ts'
import type { Instance } from '../../infra/instance.ts'
import type { Place } from './world.ts'

/** What the services say. */
export const answer = 'reached'

/** Where clouds give machines their secrets. */
export const metadata = ['169.254.169.254', 'fd00:ec2::254']

export interface Service extends AsyncDisposable {
  port: number
}

/** On all addresses of the host. */
export async function serveOnHost(): Promise<Service> {
  const server = createServer((socket) => socket.on('error', () => undefined).end(`${answer}\n`)).listen(0, '::')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

/** A service for Node: says its port, and answers whoever connects. */
export const program = `require('net').createServer((s) => s.on('error', () => 0).end('${answer}\\n')).listen(0, '::', function () { console.log(this.address().port) })`

/** On all addresses of the lab engine's network namespace, and on those that clouds use. */
export async function serveAroundNodes(instance: Instance): Promise<Service> {
  const address = (action: string) =>
    Promise.allSettled(
      metadata.map((each) => run('ip', ['-n', instance.name, 'address', action, each, 'dev', 'lo', 'noprefixroute'])),
    )
  await address('add')
  const child = spawn('nsenter', [`--net=/run/netns/${instance.name}`, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    port: Number(line.toString()),
    async [Symbol.asyncDispose]() {
      child.kill()
      await address('delete')
    },
  }
}

/** A socket in a folder of ours that leads to the lab engine's. */
export async function relayEngine(instance: Instance, folder: string): Promise<{ file: string } & AsyncDisposable> {
  const file = path.join(folder, 'relay.sock')
  rmSync(file, { force: true })
  const server = createServer((socket) => {
    const engine = connect(instance.socket)
    socket.pipe(engine).pipe(socket)
    for (const each of [socket, engine]) each.on('error', () => [socket, engine].forEach((one) => one.destroy()))
  }).listen(file)
  await once(server, 'listening')
  chmodSync(file, 0o666)
  return { file, [Symbol.asyncDispose]: async () => void server.close() }
}

export const neighbourPort = 7777
export const neighbourName = 'a-neighbour'

/** In a neighbour's node: a port on all addresses, and a socket with an abstract name. */
export async function serveInNode(place: Place): Promise<void> {
  await place.python(`
sockets = [socket.create_server(('0.0.0.0', ${neighbourPort})), socket.socket(socket.AF_UNIX)]
sockets[1].bind('\\0${neighbourName}')
sockets[1].listen()
if os.fork() == 0:
  os.setsid()
  for fd in (0, 1, 2):
    os.dup2(os.open('/dev/null', os.O_RDWR), fd)
  import select
  while True:
    for ready in select.select(sockets, [], [])[0]:
      peer = ready.accept()[0]
      peer.send(b'${answer}\\n')
      peer.close()`)
}
