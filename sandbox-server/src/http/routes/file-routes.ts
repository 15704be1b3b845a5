/** Files of a node: list, read, write, move, remove and bring back, upload and download; and the live tree. */
import type { FastifyRequest } from 'fastify'
import { PassThrough, type Readable } from 'node:stream'
import { z } from 'zod'
import * as contract from '../../contract/files.ts'
import { nodeName } from '../../contract/preview.ts'
import * as files from '../../files/node-files.ts'
import { refuseFailure } from '../../files/run-script.ts'
import { watchFiles } from '../../files/watch-files.ts'
import { Refusal } from '../../refusal.ts'
import type { RuntimeNode } from '../../runtime/port.ts'
import { refusals, type App, type RouteContext } from '../context.ts'
import { openLiveSocket } from '../live-socket.ts'
import { createNodeAccess, type NodeRequest } from '../node-access.ts'

const params = z.object({ id: z.string().max(100), node: nodeName })
const done = contract.fileDone
const ok = { done: true } as const
/** Requests about files that one session may have open at a time: each is a program in its node. */
const most = 6

export function registerFileRoutes(app: App, context: RouteContext): void {
  const { cookies } = context
  const using = createNodeAccess(context, most)
  const at = '/api/sessions/:id/nodes/:node/files'

  const change = (request: NodeRequest, use: (node: RuntimeNode) => Promise<unknown>) =>
    using(request, async (node, session) => {
      session.noteTraffic('input')
      await use(node)
      return ok
    })

  app.get(at, { schema: { params, response: { 200: contract.fileTree, ...refusals } } }, (request) =>
    using(request, (node) => files.listFiles(node)),
  )
  const text = { params, querystring: contract.fileQuery, response: { 200: contract.fileText, ...refusals } }
  app.get(`${at}/text`, { schema: text }, (request) =>
    using(request, (node) => files.readText(node, request.query.path)),
  )

  const write = { params, body: contract.writeFile, response: { 200: contract.fileWritten, ...refusals } }
  // A character may take six bytes in JSON.
  app.put(`${at}/text`, { schema: write, bodyLimit: 6 * contract.maxText + 65_536 }, (request) =>
    using(request, async (node, session) => {
      session.noteTraffic('input')
      const { path, text, version } = request.body
      return { version: await files.writeText(node, path, text, version) }
    }),
  )
  const folder = { params, body: contract.makeFolder, response: { 200: done, ...refusals } }
  app.post(`${at}/folder`, { schema: folder }, (request) =>
    change(request, (node) => files.makeFolder(node, request.body.path)),
  )
  const move = { params, body: contract.moveFile, response: { 200: done, ...refusals } }
  app.post(`${at}/move`, { schema: move }, (request) =>
    change(request, (node) => files.moveFile(node, request.body.from, request.body.to)),
  )
  const remove = { params, querystring: contract.fileQuery, response: { 200: contract.fileRemoved, ...refusals } }
  app.delete(at, { schema: remove }, (request) =>
    using(request, async (node, session) => {
      session.noteTraffic('input')
      return { undo: await files.removeFile(node, request.query.path) }
    }),
  )
  const restore = { params, body: contract.restoreFile, response: { 200: done, ...refusals } }
  app.post(`${at}/restore`, { schema: restore }, (request) =>
    change(request, (node) => files.restoreFile(node, request.body.undo, request.body.to)),
  )

  const download = { params, querystring: contract.fileQuery }
  app.get(`${at}/download`, { schema: download }, (request, reply) =>
    using(request, async (node) => {
      const { name, type, running } = await files.openDownload(node, request.query.path)
      reply.raw.once('close', () => running.close())
      reply.header('content-disposition', attachment(name)).header('cache-control', 'no-store').type(type)
      return await reply.send(wholeOrBroken(running))
    }),
  )

  app.register(async (raw) => {
    // What is uploaded goes on as it comes.
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('application/octet-stream', (_request, payload, next) => next(null, payload))
    const query = contract.fileQuery.extend({ replace: z.enum(['true', 'false']).default('false') })
    raw.put<{ Params: z.infer<typeof params>; Querystring: z.infer<typeof query>; Body: Readable }>(
      `${at}/upload`,
      { schema: { params, querystring: query, response: { 200: done, ...refusals } }, bodyLimit: contract.maxUpload },
      (request) => {
        if (Number(request.headers['content-length'] ?? 0) > contract.maxUpload) throw new Refusal('TOO_LARGE')
        return change(request, (node) =>
          files.upload(node, request.query.path, limit(request.body), request.query.replace === 'true'),
        )
      },
    )
  })

  const live = {
    websocket: true as const,
    schema: { params },
    preValidation: async (r: FastifyRequest) => void cookies.require(r),
  }
  app.get(`${at}/live`, live, (socket, request) =>
    openLiveSocket<contract.FilesEvent>(socket, context, {
      request,
      what: 'files',
      async watch({ session }, { tell, signal }) {
        const find = async () => {
          const node = (await session.whenReady()).find(({ name }) => name === request.params.node)
          if (!node) throw new Refusal('BAD_REQUEST')
          return node
        }
        await watchFiles(find, (tree) => tell({ type: 'tree', tree }), signal)
      },
    }),
  )
}

/** A download that breaks off must not look complete. */
function wholeOrBroken(running: Awaited<ReturnType<typeof files.openDownload>>['running']): Readable {
  const out = new PassThrough()
  running.stdout.pipe(out, { end: false })
  running.stdout.once('close', () => {
    refuseFailure(running).then(
      () => out.end(),
      (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  })
  running.stdin.end()
  return out
}

function limit(body: Readable): Readable {
  let size = 0
  const out = new PassThrough()
  body.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > contract.maxUpload) body.destroy(new Refusal('TOO_LARGE'))
  })
  body.on('error', (error) => out.destroy(error))
  return body.pipe(out)
}

/** RFC 6266: a plain name for old programs, the real one for all others. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '_').slice(0, 100) || 'download'
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
