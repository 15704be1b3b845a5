/**
 * Stands in for the sandbox server while one looks at the site: serves a built site and the API of the contract, and can be put
 * into every state (`POST /__mock` with a part of `Scene`). For development and the site's browser tests only; never built into the site.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import type { LabView, ProgressView, SessionEvent, SessionView, TaskState } from '@drydock/sandbox-server/contract'
import { errors, type ErrorCode } from '@drydock/sandbox-server/contract'
import { WebSocketServer, type WebSocket } from 'ws'
import { loadLab } from '../../src/content/labs.ts'
import { FakeShell } from './fake-shell.ts'

export interface Scene {
  /** `none`: a static copy without a server; `down`: connections are cut. */
  server: 'up' | 'none' | 'down'
  available: LabView['available']
  kept: LabView['kept']
  /** How long a start takes; null: it stays where `starting` says. */
  start_ms: number | null
  starting: { progress: string | null; queue_place: number | null }
  start_error: ErrorCode | null
  other: { session: string; lab: string } | null
  progress: ProgressView
}

const fresh = (): Scene => ({
  server: 'up',
  available: { state: 'ready' },
  kept: null,
  start_ms: 50,
  starting: { progress: 'Claiming a machine …', queue_place: null },
  start_error: null,
  other: null,
  progress: { labs: {}, last: null },
})

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.wasm': 'application/wasm' }

export function startMock(dist: string, labs: string, port = 0) {
  let scene = fresh()
  let session: SessionView | null = null
  let shells = new Map<string, FakeShell>()
  let sockets = new Set<WebSocket>()
  let events = new Set<WebSocket>()
  let down = false

  const send = (event: SessionEvent) => events.forEach((socket) => socket.send(JSON.stringify(event)))
  const sendSession = () => session && send({ type: 'session', now: Date.now(), session })
  const lab = (id: string) => {
    const outline = loadLab(id, labs)
    return outline && { ...outline, available: scene.available, kept: scene.kept }
  }
  const newShell = (id: string) => shells.set(id, new FakeShell((line) => onCommand(line)))

  function onCommand(line: string): string {
    const [verb, id] = line.split(' ')
    if (verb === 'pass' && id) setTask(id, { done: true, outcome: { status: 'pass', observed: `\`${id}\` is as it should be` } })
    if (verb === 'exit') for (const socket of sockets) socket.send(JSON.stringify({ type: 'exit', code: 0 }))
    return ''
  }

  function setTask(id: string, change: Partial<TaskState>): TaskState | undefined {
    if (!session) return undefined
    session = { ...session, tasks: session.tasks.map((t) => (t.id === id ? { ...t, checked_at: Date.now(), ...change } : t)) }
    const task = session.tasks.find((t) => t.id === id)
    if (task) send({ type: 'task', task })
    return task
  }

  function create(id: string, resume: boolean): SessionView {
    const tasks = lab(id)?.tasks ?? []
    session = {
      id: 'S3SSION',
      lab: id,
      state: 'starting',
      ...scene.starting,
      reason: null,
      created_at: Date.now(),
      deadline: null,
      extend_ms: 20 * 60_000,
      extensions_left: 2,
      nodes: ['node1'],
      terminals: [{ id: 'main', node: 'node1', title: 'node1' }],
      tasks: tasks.map((t) => ({
        id: t.id,
        type: t.type,
        check: t.check,
        done: t.type === 'guard' || (resume && (scene.kept?.tasks.includes(t.id) ?? false)),
        outcome: t.type === 'guard' ? { status: 'pass' } : null,
        checking: false,
        checked_at: null,
        tries: 0,
        hints_taken: [],
      })),
    }
    shells = new Map()
    if (scene.start_ms !== null) setTimeout(becomeReady, scene.start_ms)
    return session
  }

  function becomeReady(): void {
    if (session?.state !== 'starting') return
    shells = new Map()
    for (const terminal of session.terminals) newShell(terminal.id)
    session = { ...session, state: 'ready', progress: null, queue_place: null, deadline: Date.now() + 45 * 60_000 }
    sendSession()
  }

  function end(reason: string | null): void {
    if (!session) return
    session = { ...session, state: 'gone', reason }
    sendSession()
    session = null
    for (const socket of [...events, ...sockets]) socket.close(4410)
  }

  async function api(method: string, url: string, body: any, reply: (status: number, json?: unknown) => void): Promise<void> {
    const refuse = (code: ErrorCode, details?: Record<string, unknown>, message: string = errors[code].message) =>
      reply(errors[code].status, { error: { code, message, retry: errors[code].retry, ...(details ? { details } : {}) } })
    const [, first, id, third, fourth, fifth] = url.split('/')
    if (first === 'progress') return reply(200, scene.progress)
    if (first === 'labs') return lab(`${id}/${third}`) ? reply(200, lab(`${id}/${third}`)) : refuse('LAB_UNKNOWN')
    if (first !== 'sessions') return refuse('NOT_FOUND')
    if (id === undefined) {
      if (method === 'GET') return reply(200, session ? [session] : [])
      if (scene.start_error) return refuse(scene.start_error)
      if (scene.other && !body.replace) return refuse('SESSION_LIMIT', { ...scene.other })
      scene.other = null
      return reply(201, create(body.lab, body.resume))
    }
    if (!session || id !== session.id) return refuse('SESSION_UNKNOWN')
    if (third === undefined && method === 'GET') return reply(200, session)
    if (third === undefined && method === 'DELETE') {
      setTimeout(() => {
        scene.kept = { at: Date.now(), bytes: 48_213, tasks: session?.tasks.filter((t) => t.done && t.type === 'once').map((t) => t.id) ?? [] }
        end('You ended it.')
      }, 30)
      return reply(204)
    }
    if (third === 'extend') {
      session = { ...session, state: 'ready', deadline: (session.deadline ?? 0) + session.extend_ms, extensions_left: session.extensions_left - 1 }
      return reply(200, session)
    }
    if (third === 'reset') {
      const { lab: same } = session
      return reply(200, create(same, false))
    }
    if (third === 'terminals') {
      if (method === 'DELETE') {
        session = { ...session, terminals: session.terminals.filter((t) => t.id !== fourth) }
        return reply(204)
      }
      const view = { id: `t${session.terminals.length + 1}`, node: 'node1', title: `node1 (${session.terminals.length + 1})` }
      newShell(view.id)
      session = { ...session, terminals: [...session.terminals, view] }
      return reply(201, view)
    }
    const task = session.tasks.find((t) => t.id === fourth)
    const outline = lab(session.lab)?.tasks.find((t) => t.id === fourth)
    if (!task || !outline) return refuse('TASK_UNKNOWN')
    const hints = (taken: string[]) => ({ shown: taken.map((h, i) => ({ id: h, text: `This is hint ${i + 1}: look at \`docker build\` once more.` })), total: outline.hints })
    if (fifth === 'hints') {
      if (method === 'POST' && task.hints_taken.length < outline.hints)
        return reply(200, hints(setTask(task.id, { hints_taken: [...task.hints_taken, `h${task.hints_taken.length}`] })?.hints_taken ?? []))
      return reply(200, hints(task.hints_taken))
    }
    if (fifth === 'solution') return reply(200, { why: 'The name of an image is given when it is built, with `-t`.', script: 'cd ~/shop\ndocker build -t shop .' })
    if (fifth === 'check') {
      setTimeout(() => setTask(task.id, { checking: false, tries: task.tries + 1, outcome: { status: 'fail', expected: 'step `[3/4]` is CACHED after an edit of `app.py`', observed: 'step `[3/4] RUN pip install` ran again, 38 s', hint: 'ignore' } }), 300)
      return reply(202, setTask(task.id, { checking: true }))
    }
    return refuse('NOT_FOUND')
  }

  /** Changes the scene from outside: `scene` parts, or `do`: what happens to the running session. */
  function direct(order: any): void {
    if (order.do === 'clear') {
      end(null)
      scene = fresh()
      down = false
    }
    if (order.do === 'drop') for (const socket of [...events, ...sockets]) socket.terminate()
    if (order.do === 'down') {
      down = true
      for (const socket of [...events, ...sockets]) socket.terminate()
    }
    if (order.do === 'up') down = false
    if (order.do === 'ready') becomeReady()
    if (order.do === 'gone') end(order.reason ?? null)
    if (order.session && session) {
      session = { ...session, ...order.session }
      sendSession()
    }
    if (order.task) setTask(order.task.id, order.task)
    if (order.engine) send({ type: 'engine', ...order.engine })
    if (order.write) shells.get('main')?.write(order.write)
    Object.assign(scene, order.scene)
  }

  const server = createServer((request, response) => void handle(request, response))
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const body = text === '' ? {} : JSON.parse(text)
    if (url.pathname === '/__mock') {
      direct(body)
      response.end(JSON.stringify({ received: shells.get('main')?.received ?? '', session }))
      return
    }
    if (url.pathname.startsWith('/api')) {
      if (down || scene.server === 'down') return void request.socket.destroy()
      if (scene.server === 'up')
        return api(request.method ?? 'GET', url.pathname.slice(4), body, (status, json) => {
          response.writeHead(status, { 'content-type': 'application/json' })
          response.end(json === undefined ? undefined : JSON.stringify(json))
        })
    }
    const wanted = path.join(dist, path.normalize(decodeURIComponent(url.pathname)))
    const file = existsSync(wanted) && statSync(wanted).isDirectory() ? path.join(wanted, 'index.html') : wanted
    const found = existsSync(file)
    const sent = found ? file : path.join(dist, '404.html')
    response.writeHead(found ? 200 : 404, { 'content-type': types[path.extname(sent)] ?? 'application/octet-stream' })
    createReadStream(sent).pipe(response)
  }

  const upgrades = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (down || scene.server !== 'up') return void socket.destroy()
    upgrades.handleUpgrade(request, socket, head, (ws) => {
      const url = new URL(request.url ?? '/', 'http://mock')
      const [, , , id, kind, terminal] = url.pathname.split('/')
      if (!session || id !== session.id) return ws.close(4404)
      if (kind === 'events') {
        events.add(ws)
        ws.on('close', () => events.delete(ws))
        ws.send(JSON.stringify({ type: 'session', now: Date.now(), session }))
      } else attach(ws, shells.get(terminal ?? ''), url.searchParams.get('since'))
    })
  })

  function attach(ws: WebSocket, shell: FakeShell | undefined, since: string | null): void {
    if (!shell) return ws.close(4404)
    sockets.add(ws)
    const known = since !== null && Number(since) <= shell.output.length
    const offset = known ? Number(since) : 0
    ws.send(JSON.stringify({ type: 'start', offset, until: shell.output.length, reset: !known }))
    ws.send(shell.output.subarray(offset))
    const stop = shell.listen((chunk) => ws.send(chunk))
    ws.on('message', (data, binary) => binary && shell.input(data as Buffer))
    ws.on('close', () => {
      sockets.delete(ws)
      stop()
    })
  }

  return new Promise<{ url: string; direct: typeof direct; close: () => void }>((resolve) =>
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const at = typeof address === 'object' && address ? address.port : port
      resolve({
        url: `http://127.0.0.1:${at}`,
        direct,
        close: () => {
          for (const socket of [...events, ...sockets]) socket.terminate()
          server.closeAllConnections()
          server.close()
        },
      })
    }),
  )
}

if (import.meta.main) {
  const [dist = 'dist', labs = 'test/fixture/labs', port = '4610'] = process.argv.slice(2)
  const { url } = await startMock(path.resolve(dist), path.resolve(labs), Number(port))
  console.log(`mock server on ${url}`)
}
