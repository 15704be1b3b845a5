/** A WebSocket of a session that only tells: it ends with the session, and a viewer who does not read is let go. */
import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { sessionCommand } from '../contract/sessions.ts'
import { Refusal } from '../refusal.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import { closeSocket, codeOf } from '../terminals/close-socket.ts'
import { readFrame } from '../terminals/read-frame.ts'
import type { RouteContext } from './context.ts'

/** Bytes that a viewer may leave unread. */
const maxBehind = 8 * 1024 * 1024

export interface LiveView<Event> {
  tell: (event: Event) => void
  /** The viewer left, or the session is over. */
  signal: AbortSignal
}

export interface LiveOptions<Event> {
  request: FastifyRequest & { params: { id: string } }
  /** For the log. */
  what: string
  /** Tells until the signal says that it is enough; may end before. */
  watch: (live: LiveSession, view: LiveView<Event>) => Promise<void>
}

/** Origin and cookie were checked before the upgrade. */
export function openLiveSocket<Event>(
  socket: WebSocket,
  { sessions, cookies, logger }: Pick<RouteContext, 'sessions' | 'cookies'> & { logger: Logger },
  { request, what, watch }: LiveOptions<Event>,
): void {
  const closed = new AbortController()
  socket.on('close', () => closed.abort(new Error('the viewer left')))
  socket.on('message', (data, isBinary) => {
    const frame = readFrame(data, isBinary, sessionCommand, 0)
    if ('refused' in frame) closeSocket(socket, frame.refused)
  })
  const follow = async () => {
    const live = await sessions.find(cookies.require(request), request.params.id)
    const { session } = live
    if (closed.signal.aborted) return
    closed.signal.addEventListener('abort', session.viewers.join(null))
    const show = () => closeSocket(socket, 'SESSION_NOT_READY')
    session.tenure.signal.addEventListener('abort', show, { signal: closed.signal })
    session.over.signal.addEventListener('abort', () => closeSocket(socket, 'SESSION_ENDED'), { signal: closed.signal })
    const tell = (event: Event) => {
      if (socket.bufferedAmount > maxBehind) return socket.terminate()
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event))
    }
    await watch(live, { tell, signal: AbortSignal.any([closed.signal, session.over.signal]) })
  }
  follow().catch((error: unknown) => {
    if (closed.signal.aborted) return
    if (!(error instanceof Refusal)) logger.warn({ session: request.params.id, err: error }, `${what} not watched`)
    closeSocket(socket, error instanceof Refusal ? codeOf(error) : 'ENGINE_UNAVAILABLE')
  })
}
