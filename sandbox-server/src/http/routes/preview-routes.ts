/** A link to what answers on a port of a session's node. */
import { openPreview, previewView } from '../../contract/preview.ts'
import { Refusal } from '../../refusal.ts'
import { isUsable } from '../../sessions/states.ts'
import { refusals, type App, type RouteContext } from '../context.ts'
import { sessionParams } from './session-routes.ts'

export function registerPreviewRoutes(app: App, { sessions, cookies, previews }: RouteContext): void {
  const open = { schema: { params: sessionParams, body: openPreview, response: { 200: previewView, ...refusals } } }
  app.post('/api/sessions/:id/previews', open, async (request) => {
    if (!previews) throw new Refusal('NO_PREVIEW')
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    const { node, port, share } = request.body
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    if (!session.nodes.some(({ name }) => name === node)) throw new Refusal('BAD_REQUEST', `This lab has no ${node}.`)
    return previews.link({ session: session.id, node, port }, { share, over: session.over.signal })
  })
}
