/** Looking at a learner's terminal and typing in it: never in secret, never without a yes that still holds, never beyond one's own class. */
import { expect, test } from 'vitest'
import type WebSocket from 'ws'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import type { Heard } from '../../../tests/harness/heard.ts'
import type { LiveEvent } from '../../src/contract/workshop-live.ts'
import type { DeedOfHelp } from '../../src/contract/workshop-log.ts'
import { lookEvent, type LookEvent } from '../../src/contract/workshop-wall.ts'
import { eventually } from '../fake-runtime.ts'
import { keyOf, lab, move, openClass, openLive, openWall, send } from './class.ts'

interface Look {
  socket: WebSocket
  text: () => string
  events: LookEvent[]
  closed: Promise<string>
}

async function openLook(who: Learner, id: string, member: string, query = ''): Promise<Look> {
  let text = ''
  const events: LookEvent[] = []
  const socket = await openSocket(who, `/api/workshops/${id}/members/${member}/terminals/main${query}`, (opening) =>
    opening.on('message', (data: Buffer, isBinary) => {
      if (isBinary) text += data.toString()
      else events.push(lookEvent.parse(JSON.parse(data.toString())))
    }),
  )
  const closed = new Promise<string>((resolve) => socket.on('close', (_code, reason) => resolve(reason.toString())))
  return { socket, text: () => text, events, closed }
}

/** A class with Ada in her lab, her page, and Ines who looks at her terminal. */
async function openLooked() {
  const room = await openClass(['Ada', 'Bo'])
  const { server, first, id, instructor } = room
  const live = await openLive(first.learner, id)
  const { id: session } = await first.learner.start(lab)
  const terminal = await first.learner.terminal(session, { cols: 101, rows: 33 })
  const shell = await eventually(() => server.engine.node(session).shells.get('main'))
  const member = first.member.me.id
  const look = await openLook(instructor, id, member)
  await eventually(() => look.text().includes('root@node1'))
  const asks = await room.post(`/members/${member}/typing`)
  expect(asks.status).toBe(200)
  const asked = await help(live, ({ typing }) => typing.length === 1)
  const consent = (given: boolean, instructor = asked.typing[0]!.instructor) =>
    send(live, { type: 'consent', instructor, given })
  return { ...room, live, session, terminal, shell, member, look, consent }
}

type Help = Extract<LiveEvent, { type: 'help' }>
async function help(live: Heard<LiveEvent>, wanted: (help: Help) => boolean): Promise<Help> {
  return (await live.find((event) => event.type === 'help' && wanted(event))) as Help
}
const noted = (live: Heard<LiveEvent>, wanted: (what: DeedOfHelp) => boolean) =>
  live.find((event) => event.type === 'log' && event.entries.some(({ what }) => wanted(what)))
const given = (live: Heard<LiveEvent>) => help(live, ({ typing }) => typing.some(({ is }) => is === 'given'))

test('the learner is told by name before anything is shown, and the log of both has it', async () => {
  await using room = await openLooked()
  const { live, look, instructor, first, id, terminal, shell } = room
  expect(await help(live, ({ looking, typing }) => looking.length + typing.length === 2)).toMatchObject({
    looking: [{ name: 'Ines', terminal: 'main' }],
    typing: [{ name: 'Ines', is: 'asked' }],
    typist: null,
  })
  terminal.type('echo seen by both\r')
  await eventually(() => look.text().includes('seen by both\r\n'))
  // In the learner's size, whatever the one who looks says.
  expect(look.events[0]).toEqual({ type: 'size', cols: 101, rows: 33 })
  look.socket.send(JSON.stringify({ type: 'resize', cols: 20, rows: 5 }))
  terminal.socket.send(JSON.stringify({ type: 'resize', cols: 90, rows: 30 }))
  await eventually(() => look.events.some((event) => event.type === 'size' && event.cols === 90))
  expect(shell.sizes.some(({ cols }) => cols === 20)).toBe(false)
  const wall = await openWall(instructor, id)
  await wall.tile('Ada', ({ looking }) => looking[0] === 'Ines')
  look.socket.close()
  await noted(live, (what) => what.kind === 'look' && !what.begun)
  for (const reader of [instructor, first.learner]) {
    const { body } = await reader.request<{ by: string; what: { kind: string } }[]>('GET', `/api/workshops/${id}/log`)
    const looks = body.filter(({ what }) => what.kind === 'look' || what.kind === 'typing')
    expect(looks.map(({ by, what }) => [by, what])).toEqual([
      ['Ines', { kind: 'look', terminal: 'main', begun: true }],
      ['Ines', { kind: 'typing', is: 'asked' }],
      ['Ines', { kind: 'typing', is: 'ended' }],
      ['Ines', { kind: 'look', terminal: 'main', begun: false }],
    ])
  }
})

test('without a yes nothing is typed, and the socket is closed; the yes of another, or for another, is none', async () => {
  await using room = await openLooked()
  const { server, look, shell, id, member, instructor, live, consent } = room
  look.socket.send(Buffer.from('rm -rf /\r'))
  expect(await look.closed).toBe('NO_CONSENT')
  expect(shell.typed.join('')).not.toContain('rm')
  // A second instructor of the class, whom Ada has not said yes to.
  const { body } = await instructor.request<{ url: string }>('POST', `/api/workshops/${id}/invite`)
  const second = createLearner(server.url)
  await second.request('POST', '/api/teach/with', { key: keyOf(body.url), name: 'Ike' })
  await noted(live, (what) => what.kind === 'typing' && what.is === 'ended')
  await room.post(`/members/${member}/typing`)
  const asked = await help(live, ({ typing }) => typing[0] !== undefined && typing[0].instructor > 1)
  // Bo cannot say yes for her, nor is a number that nobody has a yes.
  const bo = await openLive(room.learners[1]!.learner, id)
  send(bo, { type: 'consent', instructor: asked.typing[0]!.instructor, given: true })
  consent(true, 999)
  consent(true, asked.typing[0]!.instructor)
  await given(live)
  const other = await openLook(second, id, member)
  await eventually(() => other.text().includes('root@node1'))
  other.socket.send(Buffer.from('whoami\r'))
  expect(await other.closed).toBe('NO_CONSENT')
  expect(shell.typed.join('')).not.toContain('whoami')
})

test('with a yes it is typed, by name; taken back, it is not, not even what was on its way', async () => {
  await using room = await openLooked()
  const { look, shell, live, consent, instructor, id } = room
  const wall = await openWall(instructor, id)
  consent(true)
  await given(live)
  look.socket.send(Buffer.from('echo by Ines\r'))
  await eventually(() => shell.typed.join('').includes('echo by Ines'))
  expect(await help(live, ({ typist }) => typist !== null)).toMatchObject({
    typist: { name: 'Ines', terminal: 'main' },
  })
  await wall.tile('Ada', ({ typist, consent }) => typist === 'Ines' && consent === 'given')
  // The shell takes no more: what is typed now waits for it.
  look.socket.send(Buffer.from('deaf\r'))
  await eventually(() => shell.deaf)
  look.socket.send(Buffer.from('LATE-1'))
  look.socket.send(Buffer.from('LATE-2'))
  await eventually(() => shell.typed.join('').includes('deaf'))
  consent(false)
  await noted(live, (what) => what.kind === 'typing' && what.is === 'withdrawn')
  for (let i = 0; i < 5; i++) shell.hearAgain()
  look.socket.send(Buffer.from('LATE-3'))
  expect(await look.closed).toBe('NO_CONSENT')
  shell.hearAgain()
  expect(shell.typed.join('')).not.toContain('LATE')
})

test('a single key is told to its learner, however soon it is over', async () => {
  await using room = await openLooked()
  const { look, shell, live, consent, server } = room
  consent(true)
  await given(live)
  look.socket.send(Buffer.from('k'))
  await eventually(() => shell.typed.includes('k'))
  server.travel(5000)
  await help(live, ({ typist }) => typist?.name === 'Ines')
})

test('a look ends with the class, with the place in it, and is not to be had before or after', async () => {
  await using room = await openLooked()
  const { look, instructor, id, member, learners, session, first } = room
  await first.learner.end(session)
  expect(await look.closed).toBe('SESSION_ENDED')
  // Bo has no lab of the class.
  expect(await (await openLook(instructor, id, learners[1]!.member.me.id)).closed).toBe('SESSION_UNKNOWN')
  const { id: again } = await eventually(() => first.learner.start(lab).catch(() => undefined))
  await first.learner.terminal(again)
  const another = await openLook(instructor, id, member)
  await eventually(() => another.text().includes('root@node1'))
  await move(instructor, id, 'ended')
  expect(await another.closed).toBe('WORKSHOP_UNKNOWN')
  expect(await (await openLook(instructor, id, member)).closed).toBe('FORBIDDEN')
})

test('a yes does not outlive the server, and whoever is removed is not looked at any more', async () => {
  await using room = await openLooked()
  const { server, consent, live, instructor, id, member, session } = room
  consent(true)
  await given(live)
  await server.reopen()
  const look = await openLook(instructor, id, member)
  await eventually(() => look.text().includes('root@node1'))
  look.socket.send(Buffer.from('old yes\r'))
  expect(await look.closed).toBe('NO_CONSENT')
  expect(server.engine.node(session).shells.get('main')?.typed.join('')).not.toContain('old yes')
  const last = await openLook(instructor, id, member)
  await eventually(() => last.text().includes('root@node1'))
  await instructor.request('DELETE', `/api/workshops/${id}/members/${member}`)
  expect(await last.closed).toBe('WORKSHOP_UNKNOWN')
  expect(await (await openLook(instructor, id, member)).closed).toBe('MEMBER_UNKNOWN')
})
