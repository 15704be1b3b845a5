/** HTTP connections to one port of one node, a bounded number, kept for a while for the next request. */
import http from 'node:http'
import { duplexPair, pipeline, type Duplex } from 'node:stream'
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

  /** Answers at once with what is connected later: the agent counts only what it has, and would dial for a hundred requests at a time. */
  override createConnection(): Duplex {
    const [near, far] = duplexPair({ allowHalfOpen: false })
    this.#dial().then(
      (stream) => {
        near.once('close', () => stream.destroy())
        if (near.destroyed) return void stream.destroy()
        pipeline(far, stream, () => undefined)
        // At its end what is not read yet is still read; only what breaks off is broken.
        pipeline(stream, far, (error) => error && near.destroy())
      },
      (error: unknown) => near.destroy(error instanceof Error ? error : new Error(String(error))),
    )
    // What node:http expects of a socket; there is nothing to set on a pipe.
    const nothing = () => near
    return Object.assign(near, {
      setNoDelay: nothing,
      setKeepAlive: nothing,
      setTimeout: nothing,
      ref: nothing,
      unref: nothing,
    })
  }
}
