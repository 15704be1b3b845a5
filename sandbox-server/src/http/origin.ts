/** Who may change things and open sockets: pages of our own origin, compared as a whole. */
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'

/** Programs send no Origin and have no cookies of a person that could be misused; browsers always do. */
export function registerOriginCheck(app: FastifyInstance, publicUrl: string): void {
  const { origin, host } = new URL(publicUrl)

  app.addHook('onRequest', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const upgrade = request.headers.upgrade !== undefined
    if (!reads || upgrade) {
      const given = request.headers.origin
      if (given !== undefined && given !== origin) throw new Refusal('WRONG_ORIGIN', undefined, { expected: origin })
      return
    }
    // 127.0.0.1 and localhost are two origins: cookies and sockets work on one of them alone.
    if (request.host !== host && !/^\/(api\/|metrics$)/.test(request.url))
      return await reply.header('cache-control', 'no-store').redirect(`${origin}${request.url}`, 302)
  })
}
