/** Connects one viewer's socket with one terminal for as long as both live, through resets and lost connections to the node. */
import type { Logger } from 'pino'
import { setTimeout as delay } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { maxInputFrame, outputWindow, terminalCommand } from '../contract/terminals.ts'
import type { LookEvent } from '../contract/workshop-wall.ts'
import { Refusal } from '../refusal.ts'
import type { TerminalStream } from '../runtime/port.ts'
import type { Session } from '../sessions/session.ts'
import { closeSocket, codeOf } from './close-socket.ts'
import { InputPump } from './input-pump.ts'
import { OutputPump } from './output-pump.ts'
import { readFrame } from './read-frame.ts'
import type { ScreenSize } from './terminal-list.ts'

export interface RelayOptions {
  socket: WebSocket
  session: Session
  terminal: string
  /** Up to where the viewer has seen the output; null for all that is kept. */
  since: number | null
  /** When it is not known, the viewer's first frame is waited for, but not long. */
  size: { cols: number; rows: number } | null
  /** Who types here; null for those who do not number their input. */
  client: string | null
  /** The viewer is not whose terminal it is: they see it in the learner's size, and type only while they may. */
  guest?: Guest
  logger: Logger
  now: () => number
}

export interface Guest {
  mayType: () => boolean
  onTyped: () => void
  /** Gives whoever takes the leave to type away the means to forget what was typed and not taken yet. */
  onDrop: (drop: () => void) => void
}

/** Milliseconds: first and longest pause before a node is tried again, and how long in all. */
const retry = { first: 100, most: 2000, for: 60_000 } as const

/** Milliseconds that a viewer has to say how large its screen is, so that the shell does not begin with another size. */
const sizeWithin = 100

export function relayTerminal(options: RelayOptions): void {
  const { socket, session, logger, guest, now } = options
  const closed = new AbortController()
  const size = { ...(guest ? session.terminals.size(options.terminal) : (options.size ?? { cols: 80, rows: 24 })) }
  const sized = Promise.withResolvers<void>()
  if (options.size || guest) sized.resolve()
  const output = new OutputPump(socket, () => session.noteTraffic('output'))
  const input = new InputPump(socket)
  const { terminal, client } = options
  // A guest cannot count in a learner's name.
  const counted = client !== null && guest ? `guest:${client}` : client
  const count = counted === null ? null : session.terminals.ledger(terminal).join(counted)
  let stream: TerminalStream | undefined
  let telling = false

  if (guest) {
    guest.onDrop(() => input.drop())
    tellSize(size)
    const unwatch = session.terminals.watchSizes((id, changed) => id === terminal && tellSize(changed))
    closed.signal.addEventListener('abort', unwatch)
  } else if (options.size) session.terminals.setSize(terminal, size)

  socket.on('close', () => {
    closed.abort(new Error('the viewer left'))
    stream?.close()
  })
  const onOver = () => closeSocket(socket, 'SESSION_ENDED')
  session.over.signal.addEventListener('abort', onOver, { once: true })
  closed.signal.addEventListener('abort', () => session.over.signal.removeEventListener('abort', onOver))

  socket.on('message', (data, isBinary) => {
    const frame = readFrame(data, isBinary, terminalCommand, maxInputFrame)
    if ('refused' in frame) return closeSocket(socket, frame.refused)
    if ('bytes' in frame) {
      if (guest && !guest.mayType()) return closeSocket(socket, 'NO_CONSENT')
      if (count && !count.add(frame.bytes.length)) return socket.terminate()
      guest?.onTyped()
      session.noteTraffic('input')
      tellReceived()
      return input.push(frame.bytes)
    }
    const { command } = frame
    if (command.type === 'ack') output.ack(command.offset)
    else if (command.type === 'ping') tell({ type: 'pong' })
    else if (!guest) {
      Object.assign(size, { cols: command.cols, rows: command.rows })
      session.terminals.setSize(terminal, size)
      sized.resolve()
      stream?.resize(command.cols, command.rows)
    }
  })

  run().catch((error: unknown) => {
    if (closed.signal.aborted) return
    if (!(error instanceof Refusal)) logger.error({ session: session.id, err: error }, 'terminal failed')
    closeSocket(socket, codeOf(error))
  })

  async function run(): Promise<void> {
    let since = options.since
    let generation = session.generation
    await Promise.race([sized.promise, delay(sizeWithin, undefined, { signal: closed.signal })])
    while (!closed.signal.aborted) {
      stream = await attach(() => {
        if (generation !== session.generation) since = null
        generation = session.generation
        return since
      })
      // The viewer may have left while we attached.
      if (closed.signal.aborted) return stream.close()
      const reset = since === null || !stream.continues
      const { offset, until, modes } = stream
      tell({
        type: 'start',
        offset,
        until,
        reset,
        ...(reset && { modes: [...modes] }),
        ...(count && { input: count.received }),
      })
      const over = output.run(stream)
      input.begin(stream)
      await over
      input.end()
      const code = await stream.exited
      // The shell of a machine that was taken away has not ended: it is replaced.
      if (code !== null && generation === session.generation) {
        tell({ type: 'exit', code })
        return socket.close(1000, 'EXIT')
      }
      stream.close()
      stream = undefined
      since = output.offset
    }
  }

  /** Waits for the nodes, and tries again while the node does not answer. */
  async function attach(since: () => number | null): Promise<TerminalStream> {
    const until = now() + retry.for
    for (let pause: number = retry.first; ; pause = Math.min(pause * 2, retry.most)) {
      const nodes = await session.whenReady()
      const terminal = session.terminals.find(options.terminal)
      const node = nodes.find((candidate) => candidate.name === terminal?.node)
      if (!terminal || !node) throw new Refusal('TERMINAL_UNKNOWN')
      closed.signal.throwIfAborted()
      try {
        const asked = { ...size }
        const attached = await node.attach(terminal.id, { since: since(), ...asked })
        // The screen may have changed meanwhile, for example when the page has just been laid out.
        if (asked.cols !== size.cols || asked.rows !== size.rows) attached.resize(size.cols, size.rows)
        return attached
      } catch (error) {
        const level = pause === retry.first ? 'warn' : 'debug'
        logger[level]({ session: session.id, node: node.name, err: error }, 'terminal not attached')
        if (now() > until) throw new Refusal('ENGINE_UNAVAILABLE')
        await delay(pause, undefined, { signal: closed.signal })
      }
    }
  }

  /** One answer for all that came at once. */
  function tellReceived(): void {
    if (!count || telling) return
    telling = true
    setImmediate(() => {
      telling = false
      tell({ type: 'input', received: count.received })
    })
  }

  function tellSize({ cols, rows }: ScreenSize): void {
    Object.assign(size, { cols, rows })
    tell({ type: 'size', cols, rows })
  }

  function tell(event: LookEvent): void {
    if (socket.bufferedAmount > 2 * outputWindow) return socket.terminate()
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event))
  }
}
