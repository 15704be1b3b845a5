/** A socket that tells, as a list of what it said: the first message that is so can be waited for, past or coming. */
import type WebSocket from 'ws'
import { openSocket, type Caller } from './open-socket.ts'

export interface Heard<Event> {
  readonly all: readonly Event[]
  /** The first event, past or coming, that satisfies `wanted`. */
  find(wanted: (event: Event) => boolean, timeout_ms?: number): Promise<Event>
  /** Close code of the socket. */
  readonly closed: Promise<number>
  /** What the server gave as the reason for closing it; of ours, the name of an error. */
  readonly reason: Promise<string>
  readonly socket: WebSocket
  close(): void
}

/** `parse`: the contract's, so that a message which breaks it fails the test. */
export async function hear<Event>(
  who: Caller,
  address: string,
  parse: (json: unknown) => Event,
): Promise<Heard<Event>> {
  const all: Event[] = []
  const waiting = new Set<() => void>()
  const socket = await openSocket(who, address, (opening) =>
    opening.on('message', (data: Buffer) => {
      all.push(parse(JSON.parse(data.toString())))
      for (const look of waiting) look()
    }),
  )
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const reason = new Promise<string>((resolve) => socket.on('close', (_code, why) => resolve(why.toString())))
  return {
    all,
    closed,
    reason,
    socket,
    close: () => socket.close(),
    find: (wanted, timeout_ms = 20_000) =>
      new Promise((resolve, reject) => {
        const finish = (end: () => void) => {
          clearTimeout(timer)
          waiting.delete(look)
          end()
        }
        const look = () => {
          const event = all.find(wanted)
          if (event) finish(() => resolve(event))
        }
        const fail = (why: string) =>
          finish(() => reject(new Error(`no such event (${why}); last: ${JSON.stringify(all.at(-1))?.slice(0, 500)}`)))
        const timer = setTimeout(() => fail(`${timeout_ms} ms`), timeout_ms)
        waiting.add(look)
        void closed.then((code) => fail(`closed with ${code}`))
        look()
      }),
  }
}
