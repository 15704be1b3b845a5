/** A server that shows previews of nodes, once with the guards that Drydock has and once with none: who asks for a name gets the node's bytes. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createPreviewServer } from '../../sandbox-server/src/http/preview-server.ts'
import { createNameDoor } from '../../sandbox-server/src/preview/name-door.ts'
import { parseHost, toLabel } from '../../sandbox-server/src/preview/preview-host.ts'
import { signKey } from '../../sandbox-server/src/preview/preview-key.ts'
import { PreviewProxy, type PreviewSession } from '../../sandbox-server/src/preview/preview-proxy.ts'
import { pagePort } from './hostile-page.ts'
import type { Place } from './world.ts'

const domain = 'preview.localhost'
const now = Date.now
export const siteSays = 'this is the site'

export interface PreviewStand extends AsyncDisposable {
  guarded: number
  bare: number
  /** Connections to nodes that were asked for. */
  dialled(): number
  /** Host name of the page of a lab, and what its visitor was given. */
  host(of: PreviewLab): string
  key(of: PreviewLab, kind: 'cookie' | 'share'): string
  end(of: PreviewLab): void
}

export type PreviewLab = Awaited<ReturnType<typeof createLab>>

const createLab = (place: Place) => ({ id: randomBytes(8).toString('hex'), place, over: new AbortController() })

export async function openPreviewStand(places: readonly Place[]): Promise<{ stand: PreviewStand; labs: PreviewLab[] }> {
  const labs = places.map(createLab)
  const secret = randomBytes(32)
  let dialled = 0
  const sessions = new Map<string, PreviewSession>()
  for (const { id, place, over } of labs) {
    const node = { ...place.node, dial: (port: number) => (dialled++, place.node.dial(port)) }
    sessions.set(id, { id, over, nodes: [node], ports: { age: () => undefined } })
  }
  const labelOf = ({ id }: { id: string }) => toLabel({ session: id, node: 'node1', port: pagePort })

  const previews = createPreviewServer()
  const guarded = previews.create((_request, response) => response.end(siteSays))
  const port = await listen(guarded)
  const sockets = new Set<Socket>()
  const door = createNameDoor({ domain, publicUrl: `http://localhost:${port}`, secret, now })
  previews.use(new PreviewProxy({ door, findSession: (id) => sessions.get(id) }))

  const bare = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (first: Buffer) => {
      const name = /^host: *(\S+)/im.exec(first.toString('latin1'))?.[1]
      const node = [...sessions.values()].find(({ id }) => id === parseHost(name, domain)?.address?.session)?.nodes[0]
      if (!node) return void socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${siteSays.length}\r\n\r\n${siteSays}`)
      void node.dial(pagePort).then((inner) => {
        inner.on('error', () => undefined)
        inner.write(first)
        inner.pipe(socket).pipe(inner)
        socket.once('close', () => inner.destroy())
      })
    })
  })
  const barePort = await listen(bare)
  for (const server of [guarded, bare])
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
  const stand: PreviewStand = {
    guarded: port,
    bare: barePort,
    dialled: () => dialled,
    host: (lab) => `${labelOf(lab)}.${domain}:${port}`,
    key: (lab, kind) => signKey(kind, labelOf(lab), secret, now()),
    end(lab) {
      sessions.delete(lab.id)
      lab.over.abort()
    },
    async [Symbol.asyncDispose]() {
      for (const lab of labs) lab.over.abort()
      for (const server of [guarded, bare]) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return { stand, labs }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

export interface Talk {
  /** All that came until the other side hung up, enough was there, or time was up. */
  text: string
  /** The other side hung up. */
  ended: boolean
}

/** Sends text over a connection of its own. */
export function talk(
  port: number,
  text: string,
  { ms = 5000, enough = () => false }: { ms?: number; enough?: (text: string) => boolean } = {},
): Promise<Talk> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    const finish = (ended: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ text: said, ended })
    }
    const timer = setTimeout(() => finish(false), ms)
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
      if (enough(said)) finish(false)
    })
    socket.on('error', () => finish(true))
    socket.on('close', () => finish(true))
    socket.write(text)
  })
}

/** An answer whose length is told has come whole. */
export function isWhole(text: string): boolean {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(head)?.[1]
  return length !== undefined && rest.join('\r\n\r\n').length >= Number(length)
}

/** One request as text; the connection is closed after its answer unless it is to be used again. */
export const asks = (host: string, path: string, headers: Record<string, string> = {}): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries({ connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')
