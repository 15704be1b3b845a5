/** Requests about one node of a session: they are for its learner, while it runs, and at most so many at a time, since each is a program in the node. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import type { Session } from '../sessions/session.ts'
import { isUsable } from '../sessions/states.ts'
import type { RouteContext } from './context.ts'

export type NodeRequest = FastifyRequest & { params: { id: string; node: string } }

export type UseNode = <T>(request: NodeRequest, use: (node: RuntimeNode, session: Session) => Promise<T>) => Promise<T>

export function createNodeAccess({ sessions, cookies }: RouteContext, most: number): UseNode {
  const busy = new Map<string, number>()
  return async (request, use) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    const node = session.nodes.find(({ name }) => name === request.params.node)
    if (!node) throw new Refusal('BAD_REQUEST', `This lab has no ${request.params.node}.`)
    const open = busy.get(session.id) ?? 0
    if (open >= most) throw new Refusal('TOO_MANY')
    busy.set(session.id, open + 1)
    try {
      return await use(node, session)
    } finally {
      const left = (busy.get(session.id) ?? 1) - 1
      if (left > 0) busy.set(session.id, left)
      else busy.delete(session.id)
    }
  }
}
