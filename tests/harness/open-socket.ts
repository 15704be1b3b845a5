/** Opens a WebSocket as somebody with cookies: what a browser does, without one. */
import WebSocket from 'ws'

export interface Caller {
  /** Origin of the server, for example `http://localhost:41234`. */
  readonly url: string
  /** The cookie header as sent. */
  readonly cookie: string
}

/**
 * Rejects with the HTTP status when the upgrade is refused. `attach` adds listeners before anything can arrive: the first message may come
 * in the same packet as the upgrade.
 */
export function openSocket(
  caller: Caller,
  path: string,
  attach: (socket: WebSocket) => void = () => undefined,
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(path, caller.url.replace(/^http/, 'ws')), {
      headers: { cookie: caller.cookie, origin: caller.url, ...headers },
      perMessageDeflate: false,
    })
    attach(socket)
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`upgrade refused: ${response.statusCode}`))
      response.resume()
    })
  })
}
