/** WebSockets without a network: a test opens, feeds and cuts them, and says when the browser wakes up. */
import type { SocketWorld } from '../../src/islands/client/reconnecting-socket.ts'

export class FakeSocket {
  readyState = 0
  binaryType = ''
  sent: (string | Uint8Array)[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
  }
  send(data: string | Uint8Array): void {
    this.sent.push(data)
  }
  close(): void {
    this.readyState = 3
  }
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
  say(event: object): void {
    this.onmessage?.({ data: JSON.stringify(event) })
  }
  bytes(text: string): void {
    this.onmessage?.({ data: new TextEncoder().encode(text).buffer })
  }
  cut(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

export function fakeWorld() {
  const sockets: FakeSocket[] = []
  const awake = new Set<() => void>()
  const world: SocketWorld = {
    connect: (url) => {
      const socket = new FakeSocket(url)
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    random: () => 1,
    onAwake: (wake) => {
      awake.add(wake)
      return () => awake.delete(wake)
    },
  }
  const last = (): FakeSocket => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('nothing connected yet')
    return socket
  }
  return { world, sockets, last, wake: () => awake.forEach((wake) => wake()) }
}
