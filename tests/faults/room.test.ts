/** Protects: a room without internet is served through infra/proxy as it stands. Pages, sockets and previews pass; who sent something is said by the proxy alone. */
import { request, type RequestOptions } from 'node:https'
import { setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  liveEvent,
  wallEvent,
  workshopView,
  type PreviewView,
  type WallLearner,
} from '@drydock/sandbox-server/contract'
import { freePort } from '../../infra/cli/port.ts'
import { hear } from '../harness/heard.ts'
import { createLearner, type Learner } from '../harness/learner.ts'
import { startPlatform, type Platform } from '../harness/platform.ts'
import { startRoom, type Room } from '../harness/room.ts'

/** `localhost` stands for the site's name, since it needs no name server of this machine. */
const names = ['localhost', '*.preview.lan']
const lab = 'architecture/first-commands'
const accessCode = 'ahoy there'
let platform: Platform
let room: Room
const opened = new AsyncDisposableStack()
let url: string

beforeAll(async () => {
  const port = await freePort()
  url = `https://localhost:${port}`
  const env = { PUBLIC_URL: url, PREVIEW_DOMAIN: 'preview.lan', TRUST_PROXY: '127.0.0.1' }
  const code = { DRYDOCK_ACCESS_CODE: accessCode, DRYDOCK_POOL_MAX: '0' }
  platform = opened.use(await startPlatform({ env: { ...env, ...code } }))
  room = opened.use(await startRoom({ names, port, server: platform.inner }))
  // The whole trust of a laptop for the time of these tests: this one authority.
  setDefaultCACertificates([room.authority])
})
afterAll(() => opened.disposeAsync())

interface Heard {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** As a laptop of its own address, which asks the room's name server. */
async function ask(
  address: string,
  { body, from, ...options }: RequestOptions & { body?: object; from?: string } = {},
) {
  const { hostname } = new URL(address)
  const [ip = ''] = hostname === 'localhost' ? ['127.0.0.1'] : await room.names.resolve4(hostname)
  return await new Promise<Heard>((resolve, reject) => {
    const lookup: RequestOptions['lookup'] = (_host, { all }, found) =>
      all ? found(null, [{ address: ip, family: 4 }]) : found(null, ip, 4)
    const headers = { ...(body && { 'content-type': 'application/json' }), ...options.headers }
    const asked = request(address, { lookup, agent: false, localAddress: from ?? '127.0.0.1', ...options, headers })
    asked.on('error', reject).on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    asked.end(body && JSON.stringify(body))
  })
}

/** Somebody who has entered the access code. */
async function comeIn(): Promise<Learner> {
  const learner = createLearner(url)
  expect((await learner.request('POST', '/api/access', { code: accessCode })).status).toBe(204)
  return learner
}

test('the authority of a room is got by http, vouches for its names, and for no others', async () => {
  const taken = await fetch(`http://localhost:${room.httpPort}/room.crt`)
  expect(taken.headers.get('content-type')).toBe('application/x-x509-ca-cert')
  expect(await taken.text()).toBe(room.authority)
  const led = await fetch(`http://localhost:${room.httpPort}/join/?a=b`, { redirect: 'manual' })
  expect([led.status, led.headers.get('location')]).toEqual([308, 'https://localhost/join/?a=b'])
  await expect(room.make('bank.example')).rejects.toThrow(/made for other names: .*DNS:preview\.lan/)
  await expect(room.make('no name')).rejects.toThrow(/'no name' is neither an address nor a host name/)
  // A new certificate of the same authority.
  await room.make(...names)
  await expect(room.names.resolve4('anything.at.all.preview.lan')).resolves.toEqual(['127.0.0.1'])
  await expect(room.names.resolve6('anything.at.all.preview.lan')).rejects.toThrow('ENODATA')
})

test('pages and the API come through TLS, and what is for this machine alone does not', async () => {
  const page = await ask(`${url}/${lab}/`)
  expect(page.status).toBe(200)
  expect(page.headers['content-security-policy']).toContain(`wss://${new URL(url).host}`)
  expect(page.headers['set-cookie']?.[0]).toMatch(/^__Host-.*; Secure/)
  expect(JSON.parse((await ask(`${url}/api/labs`)).text)).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: lab })]),
  )
  expect((await fetch(`${platform.inner}/metrics`)).status).toBe(200)
  for (const closed of [
    '/metrics',
    '/api/operator/sessions',
    '/API/../api/operator/sessions',
    '/api//operator/sessions',
  ])
    expect([closed, (await ask(`${url}${closed}`)).status]).toEqual([closed, 404])
  // Another name of the same machine leads to the one that cookies and sockets are for.
  const other = await ask(url, { headers: { host: 'drydock.lan' }, servername: 'localhost' })
  expect([other.status, other.headers.location]).toEqual([302, `${url}/`])
})

test('limits count the laptop that really asks, whatever it says of itself', async () => {
  const guess = (from: string, claimed: number) => {
    const address = `203.0.113.${claimed}`
    const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` }
    return ask(`${url}/api/access`, { method: 'POST', from, headers, body: { code: 'a guess' } })
  }
  for (let i = 1; i <= 20; i++) expect((await guess('127.0.0.2', i)).status).toBe(403)
  expect((await guess('127.0.0.2', 21)).status).toBe(429)
  expect((await guess('127.0.0.3', 1)).status).toBe(403)
  const claims = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'http', 'x-forwarded-port': '80' }
  const page = await ask(`${url}/`, { headers: claims })
  expect([page.status, page.headers.location]).toEqual([200, undefined])
})

test('a terminal and a preview, with nothing but the authority of the room', async () => {
  const learner = await comeIn()
  const { id } = await learner.start('playground/one')
  try {
    const terminal = await learner.terminal(id)
    const serve = `docker run -d -p 8080:80 busybox:1.37 sh -c 'echo ahoy > /index.html; exec httpd -f -h /'`
    expect(await terminal.run(serve)).toMatch(/[0-9a-f]{64}\n/)
    terminal.close()
    const { body } = await learner.request<PreviewView>('POST', `/api/sessions/${id}/previews`, { port: 8080 })
    expect(body.origin).toBe(`https://8080-${id}.preview.lan:${new URL(url).port}`)
    expect((await ask(body.origin)).status).toBe(403)
    const first = await ask(body.url)
    expect(first.status).toBe(302)
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^__Host-drydock_preview=.*; Secure; Partitioned/)
    const headers = { cookie: cookie.split(';')[0] }
    // The container runs before its program listens.
    const shown = async () => (await ask(body.origin, { headers })).text
    await expect.poll(shown, { timeout: 20_000 }).toBe('ahoy\n')
  } finally {
    await learner.end(id)
  }
})

test('a class: in by the link of the room, seen on the wall while it happens, and wrong links count for who tries them', async () => {
  const instructor = await comeIn()
  const key = (await platform.instructorLink()).replace(/^.*=/, '')
  expect((await instructor.request('POST', '/api/teach', { key, name: 'Ines' })).status).toBe(200)
  const planned = await instructor.request('POST', '/api/workshops', {
    ...{ title: 'In a room', labs: [lab], starts_at: Date.now(), zone: 'Europe/Berlin', minutes: 60 },
    ...{ size: 2, hints_open: true, solutions_open: false, continue_days: 1 },
  })
  const workshop = workshopView.parse(planned.body)
  const at = `/api/workshops/${workshop.id}`
  expect(workshop.join_url).toBe(`${url}/join/#${workshop.code}`)
  const move = (to: string) => instructor.request('POST', `${at}/state`, { to })
  await move('running')
  const wall = await hear(instructor, `${at}/wall/live`, (json) => wallEvent.parse(json))
  const tile = async (name: string, wanted: (tile: WallLearner) => boolean) =>
    await wall.find(
      (event) =>
        (event.type === 'wall' || event.type === 'learners') &&
        event.learners.some((each) => each.name === name && wanted(each)),
    )
  const sessions: { learner: Learner; id: string }[] = []
  try {
    await Promise.all(
      ['Ada', 'Bo'].map(async (name) => {
        // Whoever is in the class need not know the access code.
        const learner = createLearner(url)
        const code = new URL(workshop.join_url!).hash.slice(1)
        expect((await learner.request('POST', '/api/join', { code, name })).status).toBe(200)
        const { id } = await learner.start(lab)
        sessions.push({ learner, id })
        const terminal = await learner.terminal(id)
        expect(await terminal.run('docker info --format {{.ServerVersion}}')).toMatch(/^\d+\./m)
        terminal.close()
        await tile(name, ({ session }) => session?.state === 'ready' && session.terminals.length === 1)
      }),
    )
    // What is held back somewhere on the way would come late each time, or not while the line is open.
    const ada = sessions[0]!.learner
    const live = await hear(ada, `${at}/live`, (json) => liveEvent.parse(json))
    const took: number[] = []
    for (let i = 0; i < 6; i++) {
      const heard = wall.all.length
      const from = performance.now()
      live.socket.send(JSON.stringify({ type: 'hand', up: i % 2 === 0, note: null }))
      await wall.find(
        (event) =>
          wall.all.indexOf(event) >= heard &&
          event.type === 'learners' &&
          event.learners.some(({ hand_at }) => (hand_at !== null) === (i % 2 === 0)),
      )
      took.push(performance.now() - from)
    }
    expect(Math.min(...took)).toBeLessThan(1000)
    live.close()
    const say = { kind: 'message', text: 'Ten minutes of break.' }
    expect((await instructor.request('POST', `${at}/broadcast`, say)).status).toBe(200)

    const guess = (from: string) =>
      ask(`${url}/api/teach`, {
        ...{ method: 'POST', from, body: { key: 'AAAA-AAAA', name: 'Eve' } },
        headers: { cookie: ada.cookie, origin: url },
      })
    for (let i = 0; i < 20; i++) expect((await guess('127.0.0.4')).status).toBe(403)
    expect((await guess('127.0.0.4')).status).toBe(429)
    expect((await guess('127.0.0.5')).status).toBe(403)
  } finally {
    wall.close()
    await move('ended')
    await Promise.all(sessions.map(({ learner, id }) => learner.end(id)))
  }
})
