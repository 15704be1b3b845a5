/** One terminal's socket: absolute offsets and acknowledgements in both directions, and only what was missed after a reconnect. Knows nothing of xterm. */
import type { LookEvent, TerminalCommand } from '@drydock/sandbox-server/contract'
import { socketUrl } from '../client/api.ts'
import { maxWaiting, TypedInput } from './typed-input.ts'
import { browserWorld, ReconnectingSocket, type SocketState, type SocketWorld } from '../client/reconnecting-socket.ts'

/** The contract's `maxInputFrame`; repeated as a number because importing the contract's values would bring zod into the page. */
export const maxInputFrame = 65_536
/** Half of what the contract asks for at least, so that the server never waits for us. */
const ackEach = 65_536
/** Milliseconds: a line that is silent for so long is asked whether it is there; one on which a key has no answer, sooner; and how long it may take to answer. */
const silence = { idle: 15_000, typed: 2500, answer: 4000 } as const

export interface TerminalSink {
  /** Takes bytes in and calls `done` when they are drawn. */
  write: (bytes: Uint8Array, done: () => void) => void
  /** Clears screen and scrollback. `modes`: what was set before the output that follows, negative when it was taken away. `cut`: older output is lost. */
  reset: (modes: readonly number[], cut: boolean) => void
  /** The replay is drawn: `anew` when the screen was built from it alone. */
  onReplayed?: (anew: boolean) => void
  /** How many bytes wait for a line. */
  onWaiting?: (bytes: number) => void
  onState: (state: SocketState, detail: { closeCode: number | null; retryInMs: number | null }) => void
  /** Of a terminal that somebody else has: its size is theirs. */
  onSize?: (cols: number, rows: number) => void
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
  #anew = false
  readonly #typed = new TypedInput()
  /** The server has said what it has of ours on this connection; before the first key there is nothing to say. */
  #agreed = true
  #open = false
  /** When the server was heard last, and when it was asked whether it is there. */
  #heard = 0
  #asked = 0
  #watch: ReturnType<typeof setInterval> | undefined
  readonly #client = createClientId()
  readonly #sink: TerminalSink
  readonly #socket: ReconnectingSocket

  /** `path`: the socket's address below `/api`. */
  constructor(path: string, sink: TerminalSink, world: SocketWorld = browserWorld) {
    this.#sink = sink
    this.#socket = new ReconnectingSocket(
      {
        url: () => socketUrl(`${path}?client=${this.#client}${this.#started ? `&since=${this.#received}` : ''}`),
        onMessage: (data) => {
          this.#heard = Date.now()
          this.#asked = 0
          if (typeof data === 'string') this.#control(data)
          else this.#output(new Uint8Array(data))
        },
        onState: (state, detail) => {
          this.#open = state === 'open'
          if (state !== 'open') this.#agreed = !this.#started
          else {
            this.#heard = Date.now()
            this.#asked = 0
            if (this.#size) this.#command({ type: 'resize', ...this.#size })
            this.#flush()
          }
          sink.onState(state, detail)
        },
      },
      world,
    )
    this.#watch = setInterval(() => this.#watchLine(), 500)
  }

  /**
   * While output that was there before is drawn, the terminal answers old questions in it (where is the cursor? what are you?).
   * Those answers would be typed into the shell: they must be dropped until this is false.
   */
  get replaying(): boolean {
    return this.#drawn < this.#replayUntil
  }

  /** Sends it now, or when the line is back. False when it is too much to wait for a line: then nothing of it is kept. */
  input(bytes: Uint8Array<ArrayBuffer>): boolean {
    const now = this.#open && this.#agreed
    if (!now && this.#typed.waiting + bytes.length > maxWaiting) return false
    if (now && this.#asked === 0) this.#asked = -Date.now()
    this.#typed.add(bytes)
    this.#flush()
    return true
  }

  /** Forgets what waits for a line. */
  discard(): void {
    this.#typed.discard()
    this.#sink.onWaiting?.(0)
  }

  #flush(): void {
    if (this.#open && this.#agreed) {
      const bytes = this.#typed.take()
      for (let at = 0; at < bytes.length; at += maxInputFrame) this.#socket.send(bytes.slice(at, at + maxInputFrame))
    }
    this.#sink.onWaiting?.(this.#typed.waiting)
  }

  /** A line that is cut somewhere on the way says nothing: whoever is silent is asked, and left when there is no answer. */
  #watchLine(): void {
    if (!this.#open) return
    const now = Date.now()
    if (this.#asked > 0) {
      if (now - this.#asked > silence.answer) this.#socket.giveUp()
    } else if (now - this.#heard > silence.idle || (this.#asked < 0 && now + this.#asked > silence.typed)) {
      this.#asked = now
      this.#command({ type: 'ping' })
    }
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows }
    this.#command({ type: 'resize', cols, rows })
  }

  close(): void {
    clearInterval(this.#watch)
    this.#socket.close()
  }

  #command(command: TerminalCommand): void {
    this.#socket.send(JSON.stringify(command))
  }

  #control(text: string): void {
    const event = parseEvent(text)
    if (event?.type === 'start') {
      this.#socket.settle()
      this.#anew = event.reset || !this.#started
      if (this.#anew) {
        // Another shell, or one of which much was missed: what waits was meant for what is not on the screen any more.
        if (this.#started) this.#typed.discard()
        this.#sink.reset(event.modes ?? [], event.offset > 0)
        this.#epoch += 1
        this.#drawn = event.offset
      }
      if (!this.#agreed) this.#typed.resume(event.input ?? 0)
      this.#agreed = true
      this.#started = true
      this.#received = event.offset
      this.#acked = event.offset
      this.#replayUntil = event.until ?? event.offset
      if (!this.replaying) this.#sink.onReplayed?.(this.#anew)
      this.#flush()
    } else if (event?.type === 'input') this.#typed.confirm(event.received)
    else if (event?.type === 'size') this.#sink.onSize?.(event.cols, event.rows)
    else if (event?.type === 'exit') {
      this.#sink.onExit(event.code)
      // Coming back would begin another shell, which is for the person to ask for.
      this.close()
    }
  }

  #output(bytes: Uint8Array): void {
    this.#received += bytes.length
    const end = this.#received
    const epoch = this.#epoch
    this.#sink.write(bytes, () => {
      if (epoch !== this.#epoch) return
      const replayed = this.replaying && end >= this.#replayUntil
      this.#drawn = end
      if (replayed) this.#sink.onReplayed?.(this.#anew)
      if (end - this.#acked < ackEach) return
      this.#acked = end
      this.#command({ type: 'ack', offset: end })
    })
  }
}

function createClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function parseEvent(text: string): LookEvent | undefined {
  try {
    return JSON.parse(text) as LookEvent
  } catch {
    return undefined
  }
}
