/** The live picture of what is on the engines of a session's nodes. */
import type { FastifyRequest } from 'fastify'
import type { XrayEvent } from '../../contract/xray.ts'
import type { App, RouteContext } from '../context.ts'
import { openLiveSocket } from '../live-socket.ts'
import { sessionParams } from './session-routes.ts'

export function registerXrayRoutes(app: App, context: RouteContext): void {
  const live = {
    websocket: true as const,
    schema: { params: sessionParams },
    preValidation: async (request: FastifyRequest) => void context.cookies.require(request),
  }
  app.get('/api/sessions/:id/xray', live, (socket, request) =>
    openLiveSocket<XrayEvent>(socket, context, {
      request,
      what: 'engines',
      async watch({ xray }, { tell, signal }) {
        const stop = xray.follow(tell)
        signal.addEventListener('abort', stop, { once: true })
      },
    }),
  )
}
