/** Counts what has arrived of each client's input, over all its connections to one terminal, so that a browser never has to guess what to send again. */

/** Clients that are remembered for a terminal; whoever was silent longest is forgotten first. */
const most = 24

export interface InputCount {
  /** Bytes that have arrived. */
  readonly received: number
  /** False: a newer connection of the same client has taken over, and these bytes are not to be typed. */
  add(bytes: number): boolean
}

export class InputLedger {
  readonly #clients = new Map<string, { received: number; connection: number }>()
  #connections = 0

  /** The latest connection of this client. */
  join(client: string): InputCount {
    const entry = this.#clients.get(client) ?? { received: 0, connection: 0 }
    this.#clients.delete(client)
    this.#clients.set(client, entry)
    const [oldest] = this.#clients.keys()
    if (this.#clients.size > most && oldest !== undefined) this.#clients.delete(oldest)
    const mine = ++this.#connections
    entry.connection = mine
    return {
      get received() {
        return entry.received
      },
      add(bytes) {
        if (entry.connection !== mine) return false
        entry.received += bytes
        return true
      },
    }
  }
}
