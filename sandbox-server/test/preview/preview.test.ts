/** Previews over real sockets, against a hostile page: who gets in, what passes the proxy in both directions, what is said when nothing answers. */
import http, { type IncomingHttpHeaders } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { openLab } from './open-lab.ts'

test('a link becomes a cookie of that host, and the page is asked as on localhost', async () => {
  await using lab = await openLab()
  const url = await lab.link()
  expect(url.host).toBe(lab.host)
  const first = await lab.get(url.pathname + url.search)
  expect(first).toMatchObject({ status: 302, headers: { location: '/' } })
  expect(first.headers['set-cookie']?.[0]).toMatch(/^__Host-drydock_preview=.*HttpOnly.*Secure; Partitioned$/)
  const cookie = await lab.enter(url)
  const page = await lab.get('/a?b=1', { cookie: `mine=1; ${cookie}; drydock_learner=x`, origin: `http://${lab.host}` })
  expect(page).toMatchObject({ status: 200, body: 'hello' })
  expect(lab.seen.at(-1)).toMatchObject({
    url: '/a?b=1',
    headers: {
      host: 'localhost:8080',
      cookie: 'mine=1',
      origin: 'http://localhost:8080',
      'x-forwarded-host': lab.host,
    },
  })
})

test('nobody gets in without a key of this very host, or with one that is old, forged or of another kind', async () => {
  await using lab = await openLab()
  const cookie = await lab.enter(await lab.link())
  const other = await lab.enter(await lab.link(false, 9090))
  const value = cookie.split('=')[1] ?? ''
  const attempts = [
    '',
    other,
    `${cookie}x`,
    cookie.replace(/=[^.]*/, '=zzzzzzz'),
    lab.learner.cookie,
    `drydock_preview=${value}`,
  ]
  for (const attempt of attempts) {
    const answer = await lab.get('/', attempt ? { cookie: attempt } : {})
    expect(answer.status, attempt).toBe(403)
    expect(answer.body).toContain('This preview is private')
  }
  // A cookie's value is no link, and a link is no cookie.
  expect((await lab.get(`/?drydock-key=${value}`)).status).toBe(403)
  const key = (await lab.link()).searchParams.get('drydock-key') ?? ''
  expect((await lab.get('/', { cookie: `__Host-drydock_preview=${key}` })).status).toBe(403)
  const late = await lab.link()
  const shared = await lab.link(true)
  lab.server.travel(61_000)
  expect((await lab.get(late.pathname + late.search)).status).toBe(403)
  expect((await lab.get(shared.pathname + shared.search)).status).toBe(302)
  lab.server.travel(86_400_000)
  expect((await lab.get(shared.pathname + shared.search)).status).toBe(403)
  expect((await lab.get('/', { cookie })).status).toBe(403)
  expect(lab.seen).toEqual([])
})

test('an address that is none is answered like any other', async () => {
  await using lab = await openLab()
  const cookie = await lab.enter(await lab.link())
  for (const path of ['//', '///?a', '//[', 'http://[/', '*?drydock-key=x'])
    expect((await lab.get(path)).status, path).toBe(403)
  expect((await lab.get('//', { cookie })).status).toBe(200)
  for (const path of ['//evil.example/', '/\\evil.example/', '/\\/evil.example/', '/evil.example/']) {
    const answer = await lab.get(`${path}${(await lab.link()).search}&a=1`)
    expect(answer).toMatchObject({ status: 302, headers: { location: '/evil.example/?a=1' } })
  }
})

test('only the owner of a lab makes links to it', async () => {
  await using lab = await openLab()
  const stranger = createLearner(lab.server.url)
  await stranger.request('GET', '/api/sessions')
  const answer = await stranger.request('POST', `/api/sessions/${lab.id}/previews`, { port: 8080 })
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'SESSION_UNKNOWN' } } })
  for (const body of [{ port: 0 }, { port: 70_000 }, { port: 80, node: 'node9' }, { port: 80, host: 'example.org' }])
    expect(await lab.learner.request('POST', `/api/sessions/${lab.id}/previews`, body)).toMatchObject({ status: 400 })
})

test('pages from elsewhere link to a preview and do nothing else, also with its cookie', async () => {
  await using lab = await openLab()
  const cookie = await lab.enter(await lab.link())
  const sibling = `http://9090-${'0'.repeat(16)}.preview.localhost:${lab.port}`
  const refused: [Record<string, string>, http.RequestOptions?][] = [
    [{ origin: sibling }, { method: 'POST' }],
    [{ origin: lab.server.url }],
    [{ origin: 'https://example.org' }],
    [{ origin: `http://${lab.host}.example.org` }],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, { method: 'POST' }],
    [{ origin: sibling, connection: 'Upgrade', upgrade: 'websocket' }],
  ]
  for (const [headers, options] of refused)
    expect((await lab.get('/', { cookie, ...headers }, options)).status, JSON.stringify(headers)).toBe(403)
  const allowed: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { origin: `http://3000-${lab.id}.preview.localhost:${lab.port}` },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
  ]
  for (const headers of allowed) expect((await lab.get('/', { cookie, ...headers })).status).toBe(200)
})

test('what a hostile page answers reaches no other host: cookies, redirects, policies', async () => {
  await using lab = await openLab((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'https://example.org/' })
    else if (request.url === '/home') response.writeHead(302, { location: 'http://127.0.0.1:8080//evil.example' })
    else if (request.url === '/port') response.writeHead(302, { location: 'http://localhost:9999/x' })
    else
      response.writeHead(200, {
        'set-cookie': [
          'a=1; Path=/; Domain=localhost',
          'b=2; domain=.preview.localhost; HttpOnly',
          'c=3;\tDomain = localhost; Path=/',
          '=drydock_learner=mine',
          'drydock_learner',
          '__Host-drydock_preview=stolen; Path=/; Secure',
          'drydock_learner=mine; Path=/',
        ],
        'clear-site-data': '"*"',
        'strict-transport-security': 'max-age=9999999; includeSubDomains',
        'x-frame-options': 'DENY',
        'x-accel-redirect': '/private',
        'x-accel-buffering': 'no',
        'content-security-policy': "img-src 'self'",
      })
    response.end()
  })
  const cookie = await lab.enter(await lab.link())
  const { headers } = await lab.get('/', { cookie })
  expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; HttpOnly', 'c=3; Path=/'])
  expect(headers['x-accel-redirect']).toBeUndefined()
  expect(headers['x-accel-buffering']).toBe('no')
  expect(headers['cache-control']).toBe('no-cache')
  expect(headers['clear-site-data']).toBeUndefined()
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(headers['content-security-policy']).toContain("img-src 'self'")
  expect(headers['content-security-policy']).toContain(`frame-ancestors 'self' ${lab.server.url}`)
  expect((await lab.get('/away', { cookie })).headers.location).toBe('https://example.org/')
  expect((await lab.get('/home', { cookie })).headers.location).toBe('/evil.example')
  expect((await lab.get('/port', { cookie })).headers.location).toBe('http://localhost:9999/x')
})

test('nothing there, something else there, no such lab: a page says so', async () => {
  await using lab = await openLab()
  const rude = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
  lab.server.engine.node(lab.id).services.set(22, (rude.address() as AddressInfo).port)
  const visit = async (port: number) => {
    const url = await lab.link(false, port)
    return await lab.get('/', { host: url.host, cookie: await lab.enter(url) })
  }
  for (const [port, words] of [
    [9, 'Nothing answers on port 9'],
    [22, 'is not a web server'],
  ] as const) {
    const answer = await visit(port)
    expect(answer.status).toBe(502)
    expect(answer.body).toContain(words)
  }
  rude.close()
  for (const host of ['preview.localhost', 'x.preview.localhost', `8080-${lab.id}.x.preview.localhost`])
    expect((await lab.get('/', { host })).status, host).toBe(404)
  await lab.learner.end(lab.id)
  await eventually(() => lab.server.engine.sessions.size === 0)
  expect((await lab.get('/', { cookie: await lab.enter(new URL(`http://${lab.host}`)) })).status).toBe(403)
})

test('upgrades pass in both directions; large answers are streamed and held back', async () => {
  const size = 40_000_000
  let written = 0
  await using lab = await openLab((_request, response) => {
    const chunk = Buffer.alloc(100_000, 'x')
    const more = () => {
      while (written < size) {
        written += chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  })
  lab.inner.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(
      `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
    )
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept.digest('base64')}\r\nSet-Cookie: drydock_learner=x\r\n\r\n`,
    )
    socket.pipe(socket)
  })
  const cookie = await lab.enter(await lab.link())
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(`ws://127.0.0.1:${lab.port}/live`, {
    headers: { host: lab.host, cookie, origin: `http://${lab.host}` },
  })
  const upgraded = new Promise<IncomingHttpHeaders>((resolve) =>
    socket.once('upgrade', (answer) => resolve(answer.headers)),
  )
  expect((await upgraded)['set-cookie']).toBeUndefined()
  socket.terminate()

  const held = http.get({ host: '127.0.0.1', port: lab.port, path: '/big', headers: { host: lab.host, cookie } })
  const answer = await new Promise<http.IncomingMessage>((resolve) => held.once('response', resolve))
  let [last, still] = [0, 0]
  await eventually(() => {
    still = written > 0 && written === last ? still + 1 : 0
    last = written
    return still === 40
  })
  expect(written).toBeLessThan(size / 2)
  let read = 0
  for await (const chunk of answer) read += (chunk as Buffer).length
  expect(read).toBe(size)
})

test('many requests at a time share a bounded number of connections, and all are answered', async () => {
  await using lab = await openLab()
  let open = 0
  let most = 0
  const node = lab.server.engine.node(lab.id)
  const dial = node.dial.bind(node)
  // No connection is there before all requests are.
  const all = Promise.withResolvers<void>()
  node.dial = async (port) => {
    most = Math.max(most, ++open)
    await all.promise
    return (await dial(port)).once('close', () => open--)
  }
  const cookie = await lab.enter(await lab.link())
  let arrived = 0
  lab.server.app.server.on('request', () => ++arrived === 60 && all.resolve())
  const answers = await Promise.all(Array.from({ length: 60 }, () => lab.get('/', { cookie })))
  expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(200))
  expect(most).toBe(16)
})

test('a server that is known by an address alone has no previews and says so', async () => {
  await using server = await openTestApp({ env: { PUBLIC_URL: 'http://127.0.0.1:4600' } })
  const answer = await server.app.inject({ method: 'POST', url: '/api/sessions/x/previews', payload: { port: 80 } })
  expect(answer.json()).toMatchObject({ error: { code: 'NO_PREVIEW' } })
})
