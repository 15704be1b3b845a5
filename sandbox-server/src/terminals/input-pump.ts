/** Brings a viewer's keystrokes to the shell and stops listening to the viewer when the shell takes no more. */
import type { WebSocket } from 'ws'
import { maxInputFrame } from '../contract/terminals.ts'
import type { TerminalStream } from '../runtime/port.ts'

export class InputPump {
  readonly #socket: WebSocket
  #stream: TerminalStream | undefined
  /** Typed ahead before the first shell was there, or while a shell takes no more. */
  #waiting: Buffer[] = []
  #bytes = 0
  #blocked = false
  #began = false

  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  /** From now on to this shell. Keystrokes meant for a former one are not repeated. */
  begin(stream: TerminalStream): void {
    this.#stream = stream
    this.#blocked = false
    if (this.#began) this.#clear()
    this.#began = true
    this.#flush()
  }

  end(): void {
    this.#stream = undefined
    this.#clear()
    this.#socket.resume()
  }

  /** What no shell has taken yet is not typed any more. */
  drop(): void {
    this.#clear()
  }

  push(bytes: Buffer): void {
    if (this.#began && !this.#stream) return
    if (!this.#began && this.#bytes + bytes.length > maxInputFrame) return
    this.#waiting.push(bytes)
    this.#bytes += bytes.length
    this.#flush()
  }

  #flush(): void {
    const stream = this.#stream
    if (!stream || this.#blocked) return
    for (let bytes = this.#waiting.shift(); bytes; bytes = this.#waiting.shift()) {
      this.#bytes -= bytes.length
      if (stream.write(bytes)) continue
      this.#block(stream)
      return
    }
  }

  #block(stream: TerminalStream): void {
    this.#blocked = true
    this.#socket.pause()
    const resume = () => {
      if (this.#stream !== stream) return
      this.#blocked = false
      this.#socket.resume()
      this.#flush()
    }
    stream.drained().then(resume, () => undefined)
  }

  #clear(): void {
    this.#waiting = []
    this.#bytes = 0
  }
}
