/** The two WebSockets of a session: its events, and its terminals. */
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { sessionCommand, type SessionEvent } from '../../contract/sessions.ts'
import { terminalQuery } from '../../contract/terminals.ts'
import { Refusal } from '../../refusal.ts'
import type { OpenPage } from '../../sessions/attention.ts'
import type { LiveSession } from '../../sessions/live-session.ts'
import { closeSocket, codeOf } from '../../terminals/close-socket.ts'
import { readFrame } from '../../terminals/read-frame.ts'
import { relayTerminal } from '../../terminals/relay-terminal.ts'
import type { App, RouteContext } from '../context.ts'
import { sessionParams } from './session-routes.ts'

const terminalParams = z.object({ id: z.string().max(100), terminal: z.string().max(100) })
/** Bytes of events that a client may leave unread. */
const maxBehind = 1_048_576

/**
 * Origin and cookie are checked before the upgrade. What a browser has to tell apart is said after it, by a close code,
 * because browsers hide the status of an upgrade that was refused.
 */
export function registerSocketRoutes(app: App, { sessions, cookies, engine, logger, now }: RouteContext): void {
  const events = { websocket: true as const, schema: { params: sessionParams }, preValidation: requireLearner }
  app.get('/api/sessions/:id/events', events, (socket, request) => {
    let page: OpenPage | undefined
    withSession(socket, request, ({ session }) => {
      if (socket.readyState !== socket.OPEN) return
      socket.on('close', session.viewers.join(null))
      const opened = session.attention.open()
      page = opened
      socket.on('close', () => opened.close())
      const tell = (event: SessionEvent) => {
        if (socket.bufferedAmount > maxBehind) return socket.terminate()
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event))
        if (event.type === 'session' && event.session.state === 'gone') closeSocket(socket, 'SESSION_ENDED')
      }
      tell({ type: 'session', now: now(), session: session.view() })
      if (!engine.up) tell({ type: 'engine', up: false, message: 'The lab engine does not answer at the moment.' })
      if (session.notice) tell({ type: 'error', code: 'ENGINE_UNAVAILABLE', message: session.notice })
      socket.on('close', session.events.subscribe(tell))
    })
    socket.on('message', (data, isBinary) => {
      const frame = readFrame(data, isBinary, sessionCommand, 0)
      if ('refused' in frame) closeSocket(socket, frame.refused)
      else if ('command' in frame && frame.command.type === 'visible') page?.show(frame.command.visible)
    })
  })

  const terminals = {
    websocket: true as const,
    schema: { params: terminalParams, querystring: terminalQuery },
    preValidation: requireLearner,
  }
  app.get('/api/sessions/:id/terminals/:terminal', terminals, (socket, request) => {
    const { params, query } = request
    const { since = null, cols, rows, client = null } = query
    const size = cols && rows ? { cols, rows } : null
    // What arrives before the session is found stays in the connection.
    socket.pause()
    withSession(socket, request, ({ session }) => {
      if (socket.readyState !== socket.OPEN) return
      if (!session.terminals.find(params.terminal)) throw new Refusal('TERMINAL_UNKNOWN')
      socket.on('close', session.viewers.join(params.terminal))
      relayTerminal({ socket, session, terminal: params.terminal, since, size, client, logger, now })
    })
  })

  async function requireLearner(request: Parameters<typeof cookies.require>[0]): Promise<void> {
    cookies.require(request)
  }

  function withSession(
    socket: WebSocket,
    request: { params: { id: string } } & Parameters<typeof cookies.require>[0],
    use: (live: LiveSession) => void,
  ): void {
    sessions
      .find(cookies.require(request), request.params.id)
      .then((live) => {
        const closed = new AbortController()
        socket.on('close', () => closed.abort())
        const show = () => closeSocket(socket, 'SESSION_NOT_READY')
        live.session.tenure.signal.addEventListener('abort', show, { signal: closed.signal })
        use(live)
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) request.log.error({ err: error }, 'socket failed')
        closeSocket(socket, codeOf(error))
      })
      .finally(() => socket.resume())
  }
}
