/** Terminals over a real socket: flow control both ways, reconnects without loss or repetition, several viewers, the end of a shell. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { outputWindow } from '../../src/contract/terminals.ts'
import { maxViewers } from '../../src/terminals/viewers.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'

const lab = 'layers/sample'

async function openLab() {
  const server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const shell = () => eventually(() => server.engine.node(id).shells.get('main'))
  return { server, learner, id, shell, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('a terminal may be opened while the lab starts; what is typed ahead arrives', async () => {
  await using server = await openTestApp()
  const gate = Promise.withResolvers<void>()
  server.engine.onStart = () => gate.promise
  const learner = createLearner(server.url)
  const { body } = await learner.request<{ id: string }>('POST', '/api/sessions', { lab })
  let text = ''
  const socket = await openSocket(learner, `/api/sessions/${body.id}/terminals/main`, (opening) =>
    opening.on('message', (data: Buffer) => (text += data.toString())),
  )
  socket.send(Buffer.from('echo early\r'))
  gate.resolve()
  await eventually(() => text.includes('early\r\n'))
})

test('a viewer that does not keep up holds the shell back, and nothing is lost when it goes on', async () => {
  await using lab = await openLab()
  const { learner, id, shell } = lab
  const slow = await learner.terminal(id, { acknowledge: false })
  slow.type('flood 8000000\r')
  await eventually(() => slow.offset >= outputWindow)
  const held = (await shell()).flooded
  expect(held).toBeLessThan(outputWindow + 400_000)
  // Keys still get through: Ctrl-C must work when the screen is full.
  slow.type('x')
  await eventually(async () => (await shell()).typed.includes('x'))
  const timer = setInterval(() => slow.socket.send(JSON.stringify({ type: 'ack', offset: slow.offset })), 5)
  await eventually(async () => (await shell()).flooded === 8_000_000)
  await eventually(() => slow.offset >= 8_000_000)
  clearInterval(timer)
  expect(slow.text.match(/y/g)).toHaveLength(8_000_000)
})

test('acknowledging more than was sent buys nothing', async () => {
  await using lab = await openLab()
  const { learner, id, shell } = lab
  const liar = await learner.terminal(id, { acknowledge: false })
  liar.socket.send(JSON.stringify({ type: 'ack', offset: Number.MAX_SAFE_INTEGER }))
  liar.type('flood 8000000\r')
  await eventually(() => liar.offset >= outputWindow)
  expect((await shell()).flooded).toBeLessThan(outputWindow + 400_000)
})

test('a shell that takes no more input holds the viewer back; nothing is lost or repeated', async () => {
  await using lab = await openLab()
  const { learner, id, shell } = lab
  const terminal = await learner.terminal(id)
  terminal.type('deaf\r')
  await eventually(async () => (await shell()).deaf)
  for (let i = 0; i < 200; i++) terminal.type(`<${i}>`)
  const deaf = await shell()
  await learner.session(id)
  expect(deaf.typed).toEqual(['deaf\r'])
  // One piece is taken each time the shell says that it has room.
  await eventually(() => {
    deaf.hearAgain()
    return deaf.typed.includes('<199>')
  })
  const numbers = deaf.typed.join('').match(/<\d+>/g)
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => `<${i}>`))
})

test('a dropped connection is continued where it was; history that is not there any more is said to be reset', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const first = await learner.terminal(id)
  await first.waitFor('# ')
  first.socket.terminate()
  const other = await learner.terminal(id)
  other.type('echo meanwhile\r')
  await other.waitFor('meanwhile\r\n')
  const again = await learner.terminal(id, { since: first.offset })
  expect(again.start).toMatchObject({ offset: first.offset, until: other.offset, reset: false })
  await again.waitFor('meanwhile\r\n')
  expect(first.text + again.text).toBe(other.text)
  other.type('flood 100000\r')
  await other.waitFor(/y\r\n.*# $/)
  const late = await learner.terminal(id, { since: first.offset })
  expect(late.start.reset).toBe(true)
  expect(late.start.offset).toBeGreaterThan(first.offset)
  const whole = await learner.terminal(id, { since: other.offset + 1_000_000 })
  expect(whole.start.reset).toBe(true)
})

test('several people see the same shell', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const [one, two] = [await learner.terminal(id), await learner.terminal(id)]
  one.type('echo hello\r')
  await two.waitFor('hello\r\n')
})

test('a program that opens one terminal again and again is refused, and has room again when it closes some', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const open = await Promise.all(Array.from({ length: maxViewers.terminal }, () => learner.terminal(id)))
  const late = await openSocket(learner, `/api/sessions/${id}/terminals/main`)
  expect(await new Promise((resolve) => late.on('close', resolve))).toBe(4429)
  open[0]?.close()
  await open[0]?.closed
  await (await learner.terminal(id)).waitFor('# ')
})

test('the connection to the node breaks: the same socket goes on with the same shell', async () => {
  await using lab = await openLab()
  const { learner, id, shell } = lab
  const terminal = await learner.terminal(id)
  await terminal.waitFor('# ')
  ;(await shell()).breakConnections()
  await eventually(() => {
    terminal.type('echo back\r')
    return terminal.text.includes('back\r\n')
  })
})

test('the shell ends: its code is told, and the next connection gets a new shell', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const terminal = await learner.terminal(id)
  const exit = new Promise((resolve) =>
    terminal.socket.on('message', (data: Buffer, binary: boolean) => !binary && resolve(JSON.parse(data.toString()))),
  )
  terminal.type('exit 3\r')
  expect(await exit).toEqual({ type: 'exit', code: 3 })
  expect(await terminal.closed).toBe(1000)
  const next = await learner.terminal(id, { since: terminal.offset })
  expect(next.start).toMatchObject({ offset: 0, reset: true })
})

test('the size is told before the shell begins, in the address or in the first frame, and with each change', async () => {
  await using server = await openTestApp()
  const gate = Promise.withResolvers<void>()
  server.engine.onStart = () => gate.promise
  const learner = createLearner(server.url)
  const { body } = await learner.request<{ id: string }>('POST', '/api/sessions', { lab })
  const path = `/api/sessions/${body.id}/terminals`
  const said: string[] = []
  const framed = await openSocket(learner, `${path}/main`, (opening) =>
    opening.on('message', (data: Buffer, binary: boolean) => !binary && said.push(data.toString())),
  )
  framed.send(JSON.stringify({ type: 'resize', cols: 132, rows: 43 }))
  // What was sent before it has arrived when it is answered.
  framed.send(JSON.stringify({ type: 'ping' }))
  await eventually(() => said.some((text) => text.includes('pong')))
  gate.resolve()
  const shell = await eventually(() => server.engine.sessions.get(body.id)?.nodes[0]?.shells.get('main'))
  expect(shell.sizes[0]).toEqual({ cols: 132, rows: 43 })
  framed.send(JSON.stringify({ type: 'resize', cols: 100, rows: 20 }))
  await eventually(() => shell.sizes.at(-1)?.cols === 100)

  const other = await learner.request<{ id: string }>('POST', path, {})
  await learner.terminal(body.id, { terminal: other.body.id, cols: 90, rows: 30 })
  expect(server.engine.node(body.id).shells.get(other.body.id)?.sizes[0]).toEqual({ cols: 90, rows: 30 })
})

test('terminals are added up to a limit and closed; the first one stays', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const open = () => learner.request<{ id: string; title: string }>('POST', `/api/sessions/${id}/terminals`, {})
  for (const [i, title] of [2, 3, 4, 5, 6, 7, 8].entries())
    expect((await open()).body).toEqual({ id: `t${i + 2}`, node: 'node1', title: `node1 (${title})` })
  expect(await open()).toMatchObject({ status: 429, body: { error: { code: 'TOO_MANY' } } })
  const terminal = await learner.terminal(id, { terminal: 't3' })
  const closed = await learner.request('DELETE', `/api/sessions/${id}/terminals/t3`)
  expect(closed.status).toBe(200)
  expect([1000, 4404]).toContain(await terminal.closed)
  const socket = await openSocket(learner, `/api/sessions/${id}/terminals/t3`)
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4404)
  expect(await learner.request('DELETE', `/api/sessions/${id}/terminals/main`)).toMatchObject({ status: 403 })
})

test('the end of the session ends its terminals', async () => {
  await using lab = await openLab()
  const { learner, id } = lab
  const terminal = await learner.terminal(id)
  await learner.end(id)
  expect(await terminal.closed).toBe(4410)
})
