/**
 * Stands in for the sandbox server while one looks at the site: serves a built site and the API of the contract, and can be put
 * into every state. For development and the site's browser tests only; never built into the site.
 *
 *   node test/mock/mock-server.ts [dist] [labs] [port]      then POST an `Order` to /__mock
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import type { FakeShell } from './fake-shell.ts'
import { MockApi } from './mock-api.ts'
import type { MockSession } from './mock-session.ts'
import type { Order } from './scene.ts'

export interface Mock {
  url: string
  direct: (order: Order) => void
  /** All that was typed into the terminal `main`. */
  typed: () => string
  close: () => void
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

export async function startMock(dist: string, labs: string, port = 0): Promise<Mock> {
  const api = new MockApi(labs)
  const server = createServer((request, response) => void handle(request, response))
  const upgrades = new WebSocketServer({ noServer: true })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://mock')
    const body = await readBody(request)
    if (pathname === '/__mock') {
      api.direct(body as Order)
      response.end()
    } else if (!pathname.startsWith('/api') || api.scene.server === 'none') sendFile(dist, pathname, response)
    else if (api.down || api.scene.server === 'down') request.socket.destroy()
    else {
      const { status, json } = api.answer(request.method ?? 'GET', pathname.slice('/api'.length), body)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(json === undefined ? undefined : JSON.stringify(json))
    }
  }

  server.on('upgrade', (request, socket, head) => {
    if (api.down || api.scene.server !== 'up') return void socket.destroy()
    upgrades.handleUpgrade(request, socket, head, (ws) => {
      const url = new URL(request.url ?? '/', 'http://mock')
      const [, , , id, kind, terminal = ''] = url.pathname.split('/')
      const { session } = api
      if (!session || id !== session.view.id) ws.close(4404)
      else if (kind === 'events') follow(ws, session)
      else attach(ws, session, session.shells.get(terminal), url.searchParams.get('since'))
    })
  })

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    direct: (order) => api.direct(order),
    typed: () => api.session?.shells.get('main')?.received ?? '',
    close: () => {
      api.session?.cut()
      server.closeAllConnections()
      server.close()
    },
  }
}

function follow(ws: WebSocket, session: MockSession): void {
  session.listeners.add(ws)
  ws.on('close', () => session.listeners.delete(ws))
  ws.send(JSON.stringify({ type: 'session', now: Date.now(), session: session.view }))
}

function attach(ws: WebSocket, session: MockSession, shell: FakeShell | undefined, since: string | null): void {
  if (!shell) return ws.close(4404)
  session.terminals.add(ws)
  const known = since !== null && Number(since) <= shell.output.length
  const offset = known ? Number(since) : 0
  ws.send(JSON.stringify({ type: 'start', offset, until: shell.output.length, reset: !known }))
  ws.send(shell.output.subarray(offset))
  const stop = shell.listen((chunk) => ws.send(chunk))
  ws.on('message', (data: Buffer, binary: boolean) => binary && shell.input(data))
  ws.on('close', () => {
    session.terminals.delete(ws)
    stop()
  })
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}

function sendFile(dist: string, pathname: string, response: ServerResponse): void {
  const wanted = path.join(dist, path.normalize(decodeURIComponent(pathname)))
  const file = existsSync(wanted) && statSync(wanted).isDirectory() ? path.join(wanted, 'index.html') : wanted
  const found = existsSync(file)
  const sent = found ? file : path.join(dist, '404.html')
  response.writeHead(found ? 200 : 404, { 'content-type': types[path.extname(sent)] ?? 'application/octet-stream' })
  createReadStream(sent).pipe(response)
}

if (import.meta.main) {
  const [dist = 'dist', labs = 'test/fixture/labs', port = '4610'] = process.argv.slice(2)
  const { url } = await startMock(path.resolve(dist), path.resolve(labs), Number(port))
  console.log(`mock server on ${url}`)
}
