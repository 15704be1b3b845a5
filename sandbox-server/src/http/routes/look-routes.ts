/** An instructor looks at a learner's terminal: the same shell, read-only until the learner agrees, and never in secret. */
import type { FastifyRequest } from 'fastify'
import { terminalQuery } from '../../contract/terminals.ts'
import { memberId } from '../../contract/workshops.ts'
import { Refusal } from '../../refusal.ts'
import { closeSocket, codeOf } from '../../terminals/close-socket.ts'
import { relayTerminal } from '../../terminals/relay-terminal.ts'
import type { Classroom } from '../../workshops/classroom.ts'
import { isTyping, type Look } from '../../workshops/room.ts'
import type { App, RouteContext } from '../context.ts'
import { workshopParams } from './teach-routes.ts'
import { z } from 'zod'

const lookParams = workshopParams.extend({ member: memberId, terminal: z.string().max(100) })

export function registerLookRoutes(app: App, { cookies, logger, now }: RouteContext, classroom: Classroom): void {
  const { rooms, runs, attending } = classroom
  const look = {
    websocket: true as const,
    schema: { params: lookParams, querystring: terminalQuery },
    preValidation: async (request: FastifyRequest) => void cookies.require(request),
  }
  app.get('/api/workshops/:id/members/:member/terminals/:terminal', look, (socket, request) => {
    const { params, query } = request
    // What arrives before we know whether it may be seen stays in the connection.
    socket.pause()
    const open = async () => {
      const teacher = cookies.require(request)
      const room = rooms.taught(teacher, params.id)
      const member = rooms.member(room, params.member)
      if (!room.runs)
        throw new Refusal(
          'FORBIDDEN',
          'Terminals of learners are seen while the workshop runs, and not before or after.',
        )
      const session = runs.live(room).get(member.learner)?.session
      if (!session) throw new Refusal('SESSION_UNKNOWN', `${member.name} has no lab of this workshop that runs.`)
      if (!session.terminals.find(params.terminal)) throw new Refusal('TERMINAL_UNKNOWN')
      const leave = session.viewers.join(params.terminal)
      const close = (code: Parameters<typeof closeSocket>[1]) => () => closeSocket(socket, code)
      const entry: Look = {
        ...{ teacher, member: member.id, terminal: params.terminal, typed_at: null },
        end: close('WORKSHOP_UNKNOWN'),
        drop: () => undefined,
      }
      const by = rooms.nameAs(teacher)
      const gone = new AbortController()
      room.looks.add(entry)
      socket.on('close', () => {
        gone.abort()
        leave()
        room.looks.delete(entry)
        const other = [...room.looks].some((each) => each.member === member.id && each.teacher === teacher)
        const end = async () => {
          const here = room.members.get(member.id)
          if (!here) return
          if (!other) await attending.giveBack(room, teacher, here)
          await room.note(by, here, { kind: 'look', terminal: params.terminal, begun: false })
        }
        end().catch((err: unknown) => logger.error({ err, workshop: room.id }, 'end of a look could not be noted'))
      })
      const onTyped = () => {
        const typed = isTyping(entry, now())
        entry.typed_at = now()
        // Told at once, or the learner would read of a key only when they look again.
        if (!typed) room.events.publish({ type: 'changed', member: member.id })
      }
      session.tenure.signal.addEventListener('abort', close('SESSION_NOT_READY'), { signal: gone.signal })
      // The learner knows before anything is shown.
      await room.note(by, member, { kind: 'look', terminal: params.terminal, begun: true })
      if (gone.signal.aborted) return
      relayTerminal({
        ...{ socket, session, terminal: params.terminal, since: query.since ?? null, size: null, logger, now },
        client: query.client ?? null,
        guest: {
          mayType: () => attending.mayType(room, teacher, member.id) && room.looks.has(entry),
          onTyped,
          onDrop: (drop) => void (entry.drop = drop),
        },
      })
    }
    open()
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) logger.error({ err: error }, 'look failed')
        closeSocket(socket, codeOf(error))
      })
      .finally(() => socket.resume())
  })
}
