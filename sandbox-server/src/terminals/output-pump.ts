/** Sends a shell's output to one viewer and holds the shell back when the viewer does not keep up. */
import type { WebSocket } from 'ws'
import { outputWindow } from '../contract/terminals.ts'
import type { TerminalStream } from '../runtime/port.ts'

/** What may wait in the socket: frames, of which a shell that writes byte by byte makes many small ones, and bytes. */
const most = { frames: 256, bytes: outputWindow }

export class OutputPump {
  #queued = 0
  readonly #socket: WebSocket
  readonly #onOutput: () => void
  #stream: TerminalStream | undefined
  /** Absolute offsets: what was sent, and what the viewer has taken in. */
  #sent = 0
  #acked = 0

  readonly #most: typeof most

  constructor(socket: WebSocket, onOutput: () => void, waiting = most) {
    this.#most = waiting
    this.#socket = socket
    this.#onOutput = onOutput
  }

  /** Where the output that was sent ends. */
  get offset(): number {
    return this.#sent
  }

  /** Resolves when this stream's output is over. */
  run(stream: TerminalStream): Promise<void> {
    this.#stream = stream
    this.#sent = this.#acked = stream.offset
    return new Promise((resolve) => {
      stream.output.on('data', (chunk: Buffer) => this.#send(chunk))
      // 'close' comes after 'end' and after 'error'; an error is a connection that broke, which `exited` tells.
      stream.output.on('error', () => undefined)
      stream.output.once('close', resolve)
      stream.output.once('end', resolve)
    })
  }

  /** An acknowledgement may be late and mean an earlier shell: it never counts for more than what was sent. */
  ack(offset: number): void {
    this.#acked = Math.max(this.#acked, Math.min(offset, this.#sent))
    this.#resume()
  }

  #resume(): void {
    const taken = this.#sent - this.#acked <= outputWindow / 2 && this.#socket.bufferedAmount < this.#most.bytes / 2
    if (taken && this.#queued < this.#most.frames / 2 && this.#stream?.output.isPaused()) this.#stream.output.resume()
  }

  #send(chunk: Buffer): void {
    this.#sent += chunk.length
    this.#queued++
    this.#socket.send(chunk, { binary: true }, () => {
      this.#queued--
      this.#resume()
    })
    // Also what the network has not taken counts: a viewer may acknowledge what it never read.
    const full = this.#sent - this.#acked >= outputWindow || this.#socket.bufferedAmount >= this.#most.bytes
    if (full || this.#queued >= this.#most.frames) this.#stream?.output.pause()
    this.#onOutput()
  }
}
