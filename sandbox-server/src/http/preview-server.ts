/** One port for two kinds of hosts: those of previews go to the proxy before anything of the site sees them, all others to the app. */
import { EventEmitter } from 'node:events'
import http, { type IncomingMessage, type RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import type { PreviewProxy } from '../preview/preview-proxy.ts'

export interface PreviewServer {
  /** For Fastify, which sets nothing on a server that it did not make: makes the one on which everything arrives. */
  create(handler: RequestListener): http.Server
  /** Upgrades that are for the app. */
  upgrades: EventEmitter
  /** The proxy is made after the app's parts: until then there are no previews. */
  use(proxy: PreviewProxy): void
}

/**
 * Milliseconds that a connection without a request is kept; Fastify's own. Node's five seconds are less than proxies and clients keep one:
 * every now and then a request would arrive on a connection that had just been closed.
 */
const keepAlive = 72_000

export function createPreviewServer(): PreviewServer {
  let proxy: PreviewProxy | undefined
  const upgrades = new EventEmitter()
  return {
    upgrades,
    use: (made) => void (proxy = made),
    create(handler) {
      const server = http.createServer((request, response) => {
        if (!proxy?.request(request, response)) handler(request, response)
      })
      server.keepAliveTimeout = keepAlive
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!proxy?.upgrade(request, socket, head)) upgrades.emit('upgrade', request, socket, head)
      })
      return server
    },
  }
}
