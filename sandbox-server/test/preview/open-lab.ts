/** A lab with a page on port 8080 of its node, and a browser that may see it under a name of its own. */
import type { RequestListener, RequestOptions } from 'node:http'
import { createLearner } from '../../../tests/harness/learner.ts'
import { openTestApp } from '../open-test-app.ts'
import { ask, servePage } from './page-of-a-lab.ts'

export async function openLab(page: RequestListener = (_request, response) => response.end('hello')) {
  const server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start('layers/sample')
  const { seen, inner, port: inside, close } = await servePage(page)
  server.engine.node(id).services.set(8080, inside)
  const { port } = new URL(server.url)
  const host = `8080-${id}.preview.localhost:${port}`

  /** As a browser, which finds every name below localhost on this machine. */
  const get = (path: string, headers: Record<string, string> = {}, options: RequestOptions = {}) =>
    ask({ host: '127.0.0.1', port, path, headers: { host, ...headers }, ...options })
  const link = async (share = false, port_in_node = 8080) => {
    const { body } = await learner.request<{ url: string }>('POST', `/api/sessions/${id}/previews`, {
      port: port_in_node,
      share,
    })
    return new URL(body.url)
  }
  const enter = async (url: URL) => {
    const answer = await get(url.pathname + url.search, { host: url.host })
    return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
  }
  return {
    ...{ server, learner, id, seen, inner, host, port, get, link, enter },
    async [Symbol.asyncDispose]() {
      close()
      await server[Symbol.asyncDispose]()
    },
  }
}
