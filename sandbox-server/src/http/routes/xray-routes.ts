/** The live picture of what is on the engines of a session's nodes. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { nodeName } from '../../contract/preview.ts'
import { xrayInside, type XrayEvent } from '../../contract/xray.ts'
import { lookInside } from '../../xray/look-inside.ts'
import { refusals, type App, type RouteContext } from '../context.ts'
import { openLiveSocket } from '../live-socket.ts'
import { createNodeAccess } from '../node-access.ts'
import { sessionParams } from './session-routes.ts'

const params = z.object({ id: z.string().max(100), node: nodeName, container: z.string().regex(/^[0-9a-f]{12,64}$/) })
/** Looks into containers that one session may have open at a time. */
const most = 2

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

  const using = createNodeAccess(context, most)
  const inside = { schema: { params, response: { 200: xrayInside, ...refusals } } }
  app.get('/api/sessions/:id/nodes/:node/containers/:container/inside', inside, (request) =>
    using(request, (node) => lookInside(node, request.params.container, context.now)),
  )
}
