/** A WebSocket of a workshop: says what is different from what it said before, hears commands, and is closed for a reason of the table. */
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { createTries } from '../learners/tries.ts'
import { closeSocket, codeOf } from '../terminals/close-socket.ts'
import { readFrame } from '../terminals/read-frame.ts'

/** Bytes that a reader may leave unread. */
const maxBehind = 4 * 1024 * 1024
/** Commands of one socket, and in how many milliseconds. */
const commands = { most: 30, within: 10_000 } as const

/** What is different each time, and no news. */
const beside = new Set(['now', 'version'])

export interface ClassSocket<Event extends { type: string }> {
  /** Aborted when it is closed. */
  signal: AbortSignal
  tell(event: Event): void
  /** Only when it differs from the last of this kind, its time and version aside. */
  tellNew(event: Event): void
  /** Its viewer may have heard otherwise of this kind: the next is news, whatever it says. */
  forget(type: Event['type']): void
  /** Runs it; what it throws closes the socket. */
  run(work: () => Promise<void>): void
  close(error: unknown): void
}

export function openClassSocket<Event extends { type: string }, Command extends z.ZodType>(
  socket: WebSocket,
  {
    schema,
    logger,
    onCommand,
  }: { schema: Command; logger: Logger; onCommand: (command: z.infer<Command>) => Promise<void> },
): ClassSocket<Event> {
  const closed = new AbortController()
  const said = new Map<string, string>()
  const tries = createTries(commands, Date.now)
  socket.on('close', () => closed.abort(new Error('the viewer left')))
  socket.on('message', (data, isBinary) => {
    const frame = readFrame(data, isBinary, schema, 0)
    if ('refused' in frame) return closeSocket(socket, frame.refused)
    if (!('command' in frame)) return
    if (!tries.left('')) return closeSocket(socket, 'TOO_MANY')
    tries.count('')
    opened.run(() => onCommand(frame.command))
  })
  const send = (text: string) => {
    if (socket.bufferedAmount > maxBehind) return socket.terminate()
    if (socket.readyState === socket.OPEN) socket.send(text)
  }
  const opened: ClassSocket<Event> = {
    signal: closed.signal,
    tell: (event) => send(JSON.stringify(event)),
    tellNew(event) {
      const text = JSON.stringify(event)
      const plain = JSON.stringify(event, (key, value: unknown) => (beside.has(key) ? undefined : value))
      if (said.get(event.type) === plain) return
      said.set(event.type, plain)
      send(text)
    },
    forget: (type) => void said.delete(type),
    run(work) {
      work().catch((error: unknown) => opened.close(error))
    },
    close(error) {
      if (closed.signal.aborted) return
      if (!(error instanceof Refusal)) logger.warn({ err: error }, 'socket of a workshop failed')
      closeSocket(socket, codeOf(error))
    },
  }
  return opened
}
