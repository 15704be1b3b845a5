/** A TCP proxy before the server that is slow, and whose line can be cut as a cable is: no end is told anything, and what is under way waits or is lost. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CutLine {
  port: number
  /** From now on nothing arrives, in either direction; new connections get no answer. */
  cut(): void
  /**
   * The line is whole again for new connections. Nobody between remembers those that were cut: who sent something on one, or does so
   * now, is told by a reset, as by any router; who is silent hears nothing.
   */
  mend(): void
  close(): void
}

/** Starts on `port`, or on a free one. `delay_ms`: how long each piece is under way. */
export async function openCutLine(to: number, { port = 0, delay_ms = 0 } = {}): Promise<CutLine> {
  const dead = new WeakSet<Socket>()
  const open = new Set<Socket>()
  /** Of the dead ones, those that sent something. */
  const unanswered = new Set<Socket>()
  let whole = true
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => undefined)
    client.on('close', () => open.delete(client))
    client.on('data', () => {
      if (!dead.has(client)) return
      if (whole) client.resetAndDestroy()
      else unanswered.add(client)
    })
    if (!whole) return void dead.add(client)
    const inner = connect(to, '127.0.0.1')
    inner.on('error', () => client.destroy())
    const pass = (from: Socket, into: Socket) => {
      from.on('data', (chunk: Buffer) => {
        if (dead.has(client)) return
        setTimeout(() => !dead.has(client) && !into.destroyed && into.write(chunk), delay_ms)
      })
      from.on('close', () => {
        if (!dead.has(client)) setTimeout(() => into.destroy(), delay_ms)
      })
    }
    pass(client, inner)
    pass(inner, client)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      whole = false
      for (const socket of open) dead.add(socket)
    },
    mend() {
      whole = true
      for (const socket of unanswered) socket.resetAndDestroy()
      unanswered.clear()
    },
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
