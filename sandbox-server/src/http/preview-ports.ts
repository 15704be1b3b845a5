/** Listens on the ports of previews, each of which is the proxy's alone; from the start, so that a port that another program has is found then. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { policyOf } from '../preview/preview-headers.ts'
import type { PortRange } from '../preview/port-range.ts'
import type { PreviewDoor } from '../preview/preview-door.ts'
import type { PreviewProxy } from '../preview/preview-proxy.ts'
import { createPreviewServer } from './preview-server.ts'

export interface PreviewPorts {
  /** Rejects with the system's error when one of them cannot be listened on. */
  listen(host: string): Promise<void>
  close(): void
}

export function createPreviewPorts(range: PortRange, door: PreviewDoor, proxy: PreviewProxy): PreviewPorts {
  const previews = createPreviewServer()
  previews.use(proxy)
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  // Also what is no request gets an answer without an origin.
  const refusal = `HTTP/1.1 400 Bad Request\r\ncontent-security-policy: ${policyOf(door)}\r\nconnection: close\r\n\r\n`

  const open = async (port: number, host: string) => {
    // The proxy takes whatever comes.
    const server = previews.create((_request, response) => response.destroy())
    servers.push(server)
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    server.on('clientError', (_error, socket) => (socket.writable ? socket.end(refusal) : socket.destroy()))
    server.listen({ port, host })
    await once(server, 'listening')
  }
  return {
    async listen(host) {
      for (let port = range.from; port <= range.to; port++) await open(port, host)
    },
    close() {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
