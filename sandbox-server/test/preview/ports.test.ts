/** Previews on ports of the site's own address, over real sockets from several network addresses: who gets in, and what a hostile page cannot do. */
import type { OutgoingHttpHeaders, RequestListener } from 'node:http'
import { connect } from 'node:net'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { freeRange } from '../../../infra/cli/port.ts'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { ask, servePage } from './page-of-a-lab.ts'

const lab = 'layers/sample'
/** Network addresses of this machine's own loopback. */
const [owner, stranger, friend] = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const
const sandbox = /^sandbox (?!.*(allow-same-origin|allow-top-navigation|allow-storage)).*allow-scripts/

interface Asked {
  from?: string
  headers?: OutgoingHttpHeaders
  method?: string
}

async function openRoom(page: RequestListener = (_request, response) => response.end('hello'), size = 3) {
  const first = await freeRange(size)
  const env = { PREVIEW_PORTS: `${first}-${first + size - 1}` }
  const server = await openTestApp({ host: owner, env, site: { 'index.html': '<title>Site</title>' } })
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const { seen, inner, port: inside, close } = await servePage(page)
  server.engine.node(id).services.set(8080, inside)

  const get = (to: string | URL, { from = owner, headers, method }: Asked = {}) => {
    const { hostname: host, port, pathname, search } = new URL(to)
    const given = { ...(method && { method }), ...(headers && { headers }) }
    return ask({ ...{ host, port, path: pathname + search, localAddress: from, agent: false }, ...given })
  }
  const wish = (who: Learner, session: string, port: number, share: boolean) =>
    who.request<{ url: string; origin: string; sandboxed: boolean }>('POST', `/api/sessions/${session}/previews`, {
      ...{ port, share },
    })
  const link = async (share = false, port = 8080) => (await wish(learner, id, port, share)).body.url
  /** Opens the preview for the owner; the address where it is then. */
  const enter = async (port = 8080) => {
    const url = await link(false, port)
    expect((await get(url)).status).toBe(302)
    return new URL(url).origin
  }
  return {
    ...{ server, learner, id, seen, inner, first, get, wish, link, enter },
    async [Symbol.asyncDispose]() {
      close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('a link opens its port once, to the network address from which it is used', async () => {
  await using room = await openRoom()
  const { get, link, seen, first } = room
  const { body } = await room.wish(room.learner, room.id, 8080, false)
  expect(body).toMatchObject({ origin: `http://${owner}:${first}`, sandboxed: true })
  // Nobody gets in before it is used, or by another way than opening it.
  expect((await get(`${body.origin}/`)).status).toBe(403)
  for (const method of ['HEAD', 'POST', 'PUT']) expect((await get(body.url, { method })).status).toBe(403)
  const entered = await get(body.url)
  expect(entered).toMatchObject({ status: 302, headers: { location: '/', 'cache-control': 'no-store' } })
  expect(entered.headers['set-cookie']).toBeUndefined()
  expect(await get(`${body.origin}/a?b=1`)).toMatchObject({ status: 200, body: 'hello' })
  // The pane loads it again with what it has; a stranger has nothing of it.
  expect((await get(body.url)).status).toBe(302)
  const spent = await get(body.url, { from: stranger })
  expect(spent).toMatchObject({ status: 403, body: expect.stringContaining('opens nothing any more') as string })
  const away = await get(`${body.origin}/`, { from: stranger })
  expect(away.body).toContain('This preview is not open to you')
  expect(away.body).toContain(stranger)
  for (const { headers } of [entered, spent, away]) expect(headers['content-security-policy']).toMatch(sandbox)
  // Another port is another door.
  const other = await link(false, 9090)
  expect(new URL(other).port).toBe(String(first + 1))
  expect((await get(`${new URL(other).origin}/${new URL(body.url).search}`)).status).toBe(403)
  expect(seen.map(({ url }) => url)).toEqual(['/a?b=1'])
})

test('a link that is old, guessed or of no use says so; one that is shared serves many, for a day', async () => {
  await using room = await openRoom()
  const { get, link, server } = room
  const late = await link()
  const shared = await link(true)
  server.travel(60_001)
  const guessed = late.replace(/=.*/, `=${'A'.repeat(32)}`)
  for (const url of [late, guessed, guessed.replace(/A+$/, ''), `${new URL(late).origin}//?drydock-key=x`]) {
    const answer = await get(url)
    expect(answer.status, url).toBe(403)
    expect(answer.body).toContain('opens nothing any more')
    expect(answer.body).toContain('load the preview again there')
  }
  for (const from of [owner, stranger, friend, friend]) expect((await get(shared, { from })).status).toBe(302)
  const { origin } = new URL(shared)
  expect((await get(`${origin}/`, { from: friend })).body).toBe('hello')
  server.travel(86_400_000)
  expect((await get(shared, { from: friend })).status).toBe(403)
  expect((await get(`${origin}/`)).status).toBe(403)
})

test('a page gets no cookies at all, sets none, and cannot say away what takes its origin', async () => {
  await using room = await openRoom((request, response) => {
    if (request.url === '/same') response.writeHead(304, { 'set-cookie': 'a=1' })
    else if (request.url === '/away') response.writeHead(302, { location: 'http://localhost:8080//x' })
    else
      response.writeHead(200, {
        'set-cookie': ['drydock_learner=mine; Path=/api', 'a=1', '=b'],
        'content-security-policy': 'sandbox allow-scripts allow-same-origin, default-src *\xff',
        'content-security-policy-report-only': 'sandbox allow-same-origin',
        'clear-site-data': '"*"',
        'service-worker-allowed': '/',
        'strict-transport-security': 'max-age=99',
        'alt-svc': 'h3=":443"',
        'report-to': '{}',
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'same-origin',
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        connection: 'content-security-policy, x-a',
      })
    response.end()
  })
  const { get, seen } = room
  const origin = await room.enter()
  const cookie = `${room.learner.cookie}; grafana_session=secret; a=1`
  const { headers } = await get(`${origin}/`, { headers: { cookie, origin: 'null', 'x-forwarded-for': 'me' } })
  expect(seen.at(-1)?.headers).toMatchObject({ host: 'localhost:8080', origin: 'http://localhost:8080' })
  expect(seen.at(-1)?.headers.cookie).toBeUndefined()
  expect(seen.at(-1)?.headers['x-forwarded-for']).toBeUndefined()
  const gone = ['set-cookie', 'clear-site-data', 'service-worker-allowed', 'strict-transport-security', 'alt-svc']
  for (const name of [...gone, 'report-to', 'cross-origin-resource-policy', 'access-control-allow-credentials'])
    expect(headers[name], name).toBeUndefined()
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': 'null' })
  const [first = ''] = String(headers['content-security-policy']).split(',')
  expect(first).toMatch(sandbox)
  expect(first).toContain(`frame-ancestors 'self' ${room.server.url}`)
  for (const path of ['/same', '/away']) {
    const answer = await get(`${origin}${path}`)
    expect(answer.headers['set-cookie'], path).toBeUndefined()
    expect(answer.headers['content-security-policy'], path).toMatch(sandbox)
  }
  expect((await get(`${origin}/away`)).headers.location).toBe('/x')
})

test('also what goes wrong is answered without an origin', async () => {
  await using room = await openRoom((request, response) => {
    if (request.url === '/odd') response.socket?.end('HTTP/1.1 099 None\r\n\r\n')
    else response.destroy()
  })
  const origin = await room.enter()
  const dead = await room.enter(9)
  for (const [url, status] of [
    [`${origin}/`, 502],
    [`${origin}/odd`, 502],
    [`${dead}/`, 502],
    [`http://${owner}:${room.first + 2}/`, 403],
    [`${origin}/${'a'.repeat(20_000)}`, 400],
  ] as const) {
    const answer = await room.get(url)
    expect(answer.status, url.slice(0, 60)).toBe(status)
    expect(answer.headers['content-security-policy'], url.slice(0, 60)).toMatch(sandbox)
  }
  const raw = connect({ port: room.first, host: owner })
  raw.end('no HTTP at all\r\n\r\n')
  let said = ''
  for await (const chunk of raw) said += String(chunk)
  expect(said).toMatch(/^HTTP\/1\.1 400 .*\r\ncontent-security-policy: sandbox allow-scripts/)
})

test('its own pages may ask, and read what they get; pages with an origin, and under a name of their own, may not', async () => {
  await using room = await openRoom()
  const { get, seen } = room
  const origin = await room.enter()
  const wish = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' }
  const asked = await get(`${origin}/a`, { method: 'OPTIONS', headers: { origin: 'null', ...wish } })
  expect(asked).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': 'null',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'x-a',
      'content-security-policy': expect.stringMatching(sandbox) as string,
    },
  })
  expect(seen).toEqual([])
  expect((await get(`${origin}/a`, { method: 'PUT', headers: { origin: 'null' } })).status).toBe(200)
  for (const from of [room.server.url, 'https://evil.example', `http://${owner}:${room.first + 1}`])
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await get(`${origin}/`, { method, headers: { origin: from, ...wish } })
      expect(answer.status, `${method} ${from}`).toBe(403)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
  // A name that leads here makes a stranger's page the same origin as the preview.
  for (const host of [`evil.example:${room.first}`, owner, `localhost:${room.first}`, `${owner}:${room.first + 1}`])
    expect((await get(`${origin}/`, { headers: { host } })).status, host).toBe(421)
  expect(seen).toHaveLength(1)
})

test('WebSockets of its own pages pass, and no others', async () => {
  await using room = await openRoom()
  room.inner.on('upgrade', (request, socket) => {
    room.seen.push({ url: request.url ?? '', headers: request.headers })
    const accept = createHash('sha1').update(
      `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
    )
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept.digest('base64')}\r\nSet-Cookie: drydock_learner=x\r\n\r\n`,
    )
    socket.pipe(socket)
  })
  const origin = await room.enter()
  const key = await room.link()
  const open = (from: string, headers: Record<string, string>, path = '/live') =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { localAddress: from, headers })
      socket.once('upgrade', (answer) => {
        expect(answer.headers['set-cookie']).toBeUndefined()
        resolve(101)
        socket.terminate()
      })
      socket.once('unexpected-response', (request, answer) => {
        expect(answer.headers['content-security-policy']).toMatch(sandbox)
        resolve(answer.statusCode ?? 0)
        request.destroy()
      })
      socket.on('error', reject)
    })
  expect(await open(owner, { origin: 'null', cookie: room.learner.cookie })).toBe(101)
  expect(room.seen.at(-1)?.headers).toMatchObject({ origin: 'http://localhost:8080', host: 'localhost:8080' })
  expect(room.seen.at(-1)?.headers.cookie).toBeUndefined()
  expect(await open(stranger, { origin: 'null' })).toBe(403)
  expect(await open(owner, { origin: room.server.url })).toBe(403)
  expect(await open(owner, { origin: 'https://evil.example' })).toBe(403)
  // Nor does one use up a key.
  expect(await open(stranger, { origin: 'null' }, `/${new URL(key).search}`)).toBe(403)
  expect((await room.get(key, { from: friend })).status).toBe(302)
})

test('when the lab has ended, nothing is behind its port, and the next lab there knows none of its visitors', async () => {
  await using room = await openRoom(undefined, 1)
  const shared = await room.link(true)
  const origin = await room.enter()
  expect((await room.get(shared, { from: friend })).status).toBe(302)
  await room.learner.end(room.id)
  await eventually(() => room.server.engine.sessions.size === 0)
  for (const [url, from] of [
    [`${origin}/`, owner],
    [`${origin}/`, friend],
    [shared, friend],
  ] as const)
    expect((await room.get(url, { from })).status).toBe(403)
  const next = createLearner(room.server.url)
  const { id } = await next.start(lab)
  expect((await room.wish(next, id, 8080, false)).body.origin).toBe(origin)
  for (const from of [owner, friend]) expect((await room.get(`${origin}/`, { from })).status).toBe(403)
  expect((await room.get(shared, { from: friend })).status).toBe(403)
  expect(room.seen).toEqual([])
})

test('when all ports are in use, whoever comes is told, and what to do', async () => {
  await using room = await openRoom(undefined, 2)
  await room.link(false, 1)
  await room.link(false, 2)
  const other = createLearner(room.server.url)
  const { id } = await other.start(lab)
  const refused = await room.wish(other, id, 8080, false)
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'PREVIEW_PORTS', retry: true } } })
  expect(await room.wish(room.learner, room.id, 3, false)).toMatchObject({ status: 200 })
  room.server.travel(600_000)
  expect(await room.wish(other, id, 8080, false)).toMatchObject({ status: 200 })
})

test('a page without an origin does nothing at the site, also with the cookie of its learner', async () => {
  await using room = await openRoom()
  const { server, id, learner } = room
  const headers = { origin: 'null', cookie: learner.cookie, 'content-type': 'application/json' }
  for (const [method, path] of [
    ['POST', '/api/sessions'],
    ['POST', `/api/sessions/${id}/previews`],
    ['DELETE', `/api/sessions/${id}`],
    ['DELETE', '/api/learner'],
    ['PUT', '/api/practice/collect'],
  ] as const) {
    const answer = await room.get(`${server.url}${path}`, { method, headers })
    expect(answer.status, path).toBe(403)
    expect(answer.body).toContain('WRONG_ORIGIN')
  }
  for (const path of ['events', 'terminals/new', 'files/live', 'xray']) {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
    const answer = await room.get(`${server.url}/api/sessions/${id}/${path}`, {
      headers: { ...headers, ...upgrade, 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' },
    })
    expect(answer.status, path).toBe(403)
  }
  // What its browser gets to reads is for pages of the site alone.
  const read = await room.get(`${server.url}/api/learner`, { headers })
  expect(read.headers['access-control-allow-origin']).toBeUndefined()
  expect((await learner.session(id)).state).toBe('ready')
  // Only there a page of ours may show it.
  const site = await room.get(`${server.url}/`)
  expect(site.headers['content-security-policy']).toContain(`frame-src http://${owner}:*;`)
})
