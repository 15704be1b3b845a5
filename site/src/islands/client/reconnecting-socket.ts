/** A WebSocket that comes back: waits longer each time, at once when the browser is online or visible again, and gives up only when told that coming back is no use. */
import { decideDelay } from './backoff.ts'

export type SocketState = 'connecting' | 'open' | 'waiting' | 'closed'

export interface SocketEvents {
  /** Asked anew for each attempt, because the address says what has been received. */
  url: () => string
  onMessage: (data: string | ArrayBuffer) => void
  /** Who has lost the line has not got it back while it is tried: 'connecting' is said of the first attempt only. */
  onState: (state: SocketState, detail: { closeCode: number | null; retryInMs: number | null }) => void
}

/** What the socket needs of the world; tests bring their own. */
export interface SocketWorld {
  connect: (url: string) => WebSocket
  random: () => number
  /** Says when trying again at once makes sense; returns how to stop listening. */
  onAwake: (awake: () => void) => () => void
}

export const browserWorld: SocketWorld = {
  connect: (url) => new WebSocket(url),
  random: Math.random,
  onAwake: (awake) => {
    const visible = () => document.visibilityState === 'visible' && awake()
    addEventListener('online', awake)
    document.addEventListener('visibilitychange', visible)
    return () => {
      removeEventListener('online', awake)
      document.removeEventListener('visibilitychange', visible)
    }
  },
}

/** Close codes after which the same address never works again: 4000 + the HTTP status of a final error. */
const final = new Set([4400, 4401, 4403, 4404, 4410, 4413])

/** Milliseconds that a connection may take: on a dead line the browser waits for minutes. */
const connectWithin = 10_000

export class ReconnectingSocket {
  #socket: WebSocket | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #state: SocketState = 'connecting'
  readonly #events: SocketEvents
  readonly #world: SocketWorld
  readonly #stopListening: () => void

  constructor(events: SocketEvents, world: SocketWorld = browserWorld) {
    this.#events = events
    this.#world = world
    this.#stopListening = world.onAwake(() => this.#state === 'waiting' && this.#connect())
    this.#connect()
  }

  get state(): SocketState {
    return this.#state
  }

  /** False when the connection is not open: nothing is kept for later, because a keystroke must not arrive twice or late. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#state !== 'open' || !this.#socket) return false
    this.#socket.send(data)
    return true
  }

  /** The connection has proved good (the server said something of use): the next loss starts from the shortest wait. */
  settle(): void {
    this.#attempt = 0
  }

  /** The line is dead, although nobody has said so: tries again at once. */
  giveUp(): void {
    if (this.#state !== 'open') return
    this.#drop()
    this.#lost(1006)
  }

  close(): void {
    if (this.#state === 'closed') return
    clearTimeout(this.#timer)
    this.#stopListening()
    this.#become('closed', null, null)
    this.#drop()
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    if (socket && socket.readyState <= 1) socket.close(1000)
  }

  #connect(): void {
    clearTimeout(this.#timer)
    this.#drop()
    const lost = this.#state === 'waiting'
    this.#state = 'connecting'
    if (!lost) this.#events.onState('connecting', { closeCode: null, retryInMs: null })
    const socket = this.#world.connect(this.#events.url())
    this.#socket = socket
    this.#timer = setTimeout(() => {
      this.#drop()
      this.#lost(1006)
    }, connectWithin)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      if (this.#socket !== socket) return
      clearTimeout(this.#timer)
      this.#become('open', null, null)
    }
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) =>
      this.#socket === socket && this.#events.onMessage(event.data)
    socket.onclose = (event) => this.#socket === socket && this.#lost(event.code)
  }

  #lost(code: number): void {
    clearTimeout(this.#timer)
    this.#socket = undefined
    if (final.has(code)) {
      this.#stopListening()
      this.#become('closed', code, null)
      return
    }
    const delay = decideDelay(this.#attempt++, this.#world.random())
    this.#timer = setTimeout(() => this.#connect(), delay)
    this.#become('waiting', code, delay)
  }

  #become(state: SocketState, closeCode: number | null, retryInMs: number | null): void {
    this.#state = state
    this.#events.onState(state, { closeCode, retryInMs })
  }
}
