/** HTTP connections to one port of one node, a bounded number, kept for a while for the next request. */
import http from 'node:http'
import { Duplex } from 'node:stream'
import type { RuntimeNode } from '../runtime/port.ts'

/** As many as a browser opens to one host, and some for downloads and streams. */
const most = 16

export class NodeAgent extends http.Agent {
  readonly #dial: () => Promise<Duplex>

  /** `find`: the node at this moment; it is another after a reset. */
  constructor(find: () => RuntimeNode, port: number) {
    super({ keepAlive: true, maxSockets: most, maxFreeSockets: 6, timeout: 30_000, scheduling: 'lifo' })
    this.#dial = async () => await find().dial(port)
  }

  override createConnection(_options: object, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#dial().then(
      (stream) => done?.(null, stream),
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), new Duplex()),
    )
  }
}
