/** A terminal without a screen: sends keys, acknowledges output, remembers it, and waits for text in it. */
import type WebSocket from 'ws'
import { terminalEvent, type TerminalEvent } from '@drydock/sandbox-server/contract'
import { openSocket, type Caller } from './open-socket.ts'

export interface TerminalOptions {
  terminal?: string
  /** What was seen before, to be sent just the rest. */
  since?: number
  cols?: number
  rows?: number
  /** False: output is never acknowledged, as by a browser that hangs. */
  acknowledge?: boolean
  /** False: `text` stays empty, for those who read the socket themselves. */
  remember?: boolean
}

export interface TerminalClient {
  /** Everything received on this connection, as text. */
  readonly text: string
  /** Offset up to which output was received; give it as `since` on the next connection. */
  readonly offset: number
  readonly start: Extract<TerminalEvent, { type: 'start' }>
  readonly socket: WebSocket
  /** Sends keys as they are; a line needs its `\r`. */
  type(keys: string): void
  /** Types a line with a marker after it, and resolves with what the command printed when the marker is back. */
  run(command: string, timeout_ms?: number): Promise<string>
  /** Resolves when the text received after `from` (default: all of it) matches. */
  waitFor(wanted: string | RegExp, options?: { timeout_ms?: number; from?: number }): Promise<void>
  resize(cols: number, rows: number): void
  /** Close code of the socket. */
  readonly closed: Promise<number>
  close(): void
}

/** The contract wants an acknowledgement at least each 128 KiB. */
const acknowledgeEach = 65_536
/** Counted over all terminals: one that is opened anew may be sent what was typed on the one before. */
let marker = 0

export async function openTerminal(
  learner: Caller,
  session: string,
  options: TerminalOptions = {},
): Promise<TerminalClient> {
  const { terminal = 'main', since, cols = 120, rows = 30, acknowledge = true, remember = true } = options
  const query = new URLSearchParams({
    cols: `${cols}`,
    rows: `${rows}`,
    ...(since !== undefined && { since: `${since}` }),
  })
  const decoder = new TextDecoder()
  const waiting = new Set<() => void>()
  let text = ''
  let offset = 0
  let acknowledged = 0
  let gone = false
  const lookAll = () => waiting.forEach((look) => look())
  const began = Promise.withResolvers<Extract<TerminalEvent, { type: 'start' }>>()
  const ended = Promise.withResolvers<number>()
  // Nobody waits for it when the upgrade itself is refused.
  began.promise.catch(() => undefined)
  const attach = (opening: WebSocket) => {
    opening.on('close', (code) => {
      gone = true
      ended.resolve(code)
      began.reject(new Error(`the terminal closed with ${code} before it began`))
      lookAll()
    })
    opening.on('message', (data: Buffer, binary: boolean) => {
      if (!binary) {
        const event = terminalEvent.parse(JSON.parse(data.toString()))
        if (event.type !== 'start') return
        offset = acknowledged = event.offset
        began.resolve(event)
        return
      }
      offset += data.length
      if (remember) text += decoder.decode(data, { stream: true })
      if (acknowledge && offset - acknowledged >= acknowledgeEach) {
        acknowledged = offset
        opening.send(JSON.stringify({ type: 'ack', offset }))
      }
      if (remember) lookAll()
    })
  }
  const socket = await openSocket(learner, `/api/sessions/${session}/terminals/${terminal}?${query.toString()}`, attach)
  const say = (message: object) => socket.send(JSON.stringify(message))
  const start = await began.promise
  const client: TerminalClient = {
    get text() {
      return text
    },
    get offset() {
      return offset
    },
    start,
    socket,
    type: (keys) => socket.send(Buffer.from(keys)),
    async run(command, timeout_ms = 30_000) {
      const from = text.length
      const mark = `done-${++marker}-`
      // In two parts, so that the echo of the line itself does not look like its end.
      client.type(`${command}; echo "${mark.slice(0, 4)}""${mark.slice(4)}$?"\r`)
      await client.waitFor(new RegExp(`${mark}\\d+`), { timeout_ms, from })
      const since_echo = text.slice(from)
      return since_echo.slice(since_echo.indexOf('\n') + 1, since_echo.lastIndexOf(mark)).replaceAll('\r\n', '\n')
    },
    waitFor: (wanted, { timeout_ms = 30_000, from = 0 } = {}) =>
      new Promise((resolve, reject) => {
        const finish = (error?: Error) => {
          clearTimeout(timer)
          waiting.delete(look)
          if (error) reject(error)
          else resolve()
        }
        const seen = () => JSON.stringify(text.slice(from).slice(-400))
        const look = () => {
          const part = text.slice(from)
          if (typeof wanted === 'string' ? part.includes(wanted) : wanted.test(part)) finish()
          else if (gone) finish(new Error(`the terminal closed before ${String(wanted)} was seen; last: ${seen()}`))
        }
        const timer = setTimeout(
          () => finish(new Error(`${String(wanted)} was not seen in ${timeout_ms} ms; last: ${seen()}`)),
          timeout_ms,
        )
        waiting.add(look)
        look()
      }),
    resize: (width, height) => say({ type: 'resize', cols: width, rows: height }),
    closed: ended.promise,
    close: () => socket.close(),
  }
  return client
}
