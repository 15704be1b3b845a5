/** One terminal's socket: absolute offsets, acknowledgements, and only what was missed after a reconnect. Knows nothing of xterm. */
import type { TerminalCommand, TerminalEvent } from '@drydock/sandbox-server/contract'
import { socketUrl } from '../client/api.ts'
import { browserWorld, ReconnectingSocket, type SocketState, type SocketWorld } from '../client/reconnecting-socket.ts'

/** The contract's `maxInputFrame`; repeated as a number because importing the contract's values would bring zod into the page. */
export const maxInputFrame = 65_536
/** Half of what the contract asks for at least, so that the server never waits for us. */
const ackEach = 65_536

export interface TerminalSink {
  /** Takes bytes in and calls `done` when they are drawn. */
  write: (bytes: Uint8Array, done: () => void) => void
  /** Clears screen and scrollback. */
  reset: () => void
  onState: (state: SocketState, detail: { closeCode: number | null; retryInMs: number | null }) => void
  onExit: (code: number | null) => void
}

export class TerminalStream {
  #received = 0
  #drawn = 0
  #acked = 0
  /** Before the first `start` we have nothing, and say so by not naming an offset. */
  #started = false
  #size: { cols: number; rows: number } | undefined
  #replayUntil = 0
  /** Counts resets, so that what was still being drawn before one does not count after it. */
  #epoch = 0
  readonly #sink: TerminalSink
  readonly #socket: ReconnectingSocket

  constructor(session: string, terminal: string, sink: TerminalSink, world: SocketWorld = browserWorld) {
    this.#sink = sink
    const path = `/sessions/${encodeURIComponent(session)}/terminals/${encodeURIComponent(terminal)}`
    this.#socket = new ReconnectingSocket(
      {
        url: () => socketUrl(this.#started ? `${path}?since=${this.#received}` : path),
        onMessage: (data) => (typeof data === 'string' ? this.#control(data) : this.#output(new Uint8Array(data))),
        onState: (state, detail) => {
          if (state === 'open' && this.#size) this.#command({ type: 'resize', ...this.#size })
          sink.onState(state, detail)
        },
      },
      world,
    )
  }

  /**
   * While output that was there before is drawn, the terminal answers old questions in it (where is the cursor? what are you?).
   * Those answers would be typed into the shell: they must be dropped until this is false.
   */
  get replaying(): boolean {
    return this.#drawn < this.#replayUntil
  }

  /** False when there is no connection: the keystroke is lost, and the person can see why. */
  input(bytes: Uint8Array<ArrayBuffer>): boolean {
    for (let at = 0; at < bytes.length; at += maxInputFrame)
      if (!this.#socket.send(bytes.slice(at, at + maxInputFrame))) return false
    return true
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows }
    this.#command({ type: 'resize', cols, rows })
  }

  close(): void {
    this.#socket.close()
  }

  #command(command: TerminalCommand): void {
    this.#socket.send(JSON.stringify(command))
  }

  #control(text: string): void {
    const event = parseEvent(text)
    if (event?.type === 'start') {
      this.#socket.settle()
      if (event.reset || !this.#started) {
        this.#sink.reset()
        this.#epoch += 1
        this.#drawn = event.offset
      }
      this.#started = true
      this.#received = event.offset
      this.#acked = event.offset
      this.#replayUntil = event.until ?? event.offset
    } else if (event?.type === 'exit') this.#sink.onExit(event.code)
  }

  #output(bytes: Uint8Array): void {
    this.#received += bytes.length
    const end = this.#received
    const epoch = this.#epoch
    this.#sink.write(bytes, () => {
      if (epoch !== this.#epoch) return
      this.#drawn = end
      if (end - this.#acked < ackEach) return
      this.#acked = end
      this.#command({ type: 'ack', offset: end })
    })
  }
}

function parseEvent(text: string): TerminalEvent | undefined {
  try {
    return JSON.parse(text) as TerminalEvent
  } catch {
    return undefined
  }
}
