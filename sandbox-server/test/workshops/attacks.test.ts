/** Attacks on a workshop: guessing codes, joining twice, forged roles, other people's workshops, hostile names, floods. */
import { expect, test } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { wrongJoinCodes } from '../../src/workshops/joining.ts'
import { wrongKeys } from '../../src/workshops/teaching.ts'
import type { WallEvent } from '../../src/contract/workshop-wall.ts'
import { createRecoveryCode } from '../../src/learners/recovery-code.ts'
import { eventually } from '../fake-runtime.ts'
import { openBeside } from '../learners/someone.ts'
import {
  createInstructor,
  expectRefusal,
  findEntry,
  join,
  keyOf,
  lab,
  move,
  openClass,
  openLive,
  openSchool,
  openWall,
  plan,
  printLink,
  send,
  wish,
} from './class.ts'

type WallView = Extract<WallEvent, { type: 'wall' }>

const closing = async (who: Learner, address: string) => {
  const socket = await openSocket(who, address)
  return await new Promise<string>((resolve) => socket.on('close', (_code, reason) => resolve(reason.toString())))
}

test('guessing: after ten codes that nobody has a browser waits, after many its network does, and others are not hindered', async () => {
  await using server = await openSchool()
  const workshop = await plan(await createInstructor(server))
  const guesser = createLearner(server.url)
  await guesser.request('GET', '/api/teach')
  const guess = (who: Learner, code: string) => who.request('POST', '/api/join/look', { code })
  expectRefusal(await guess(guesser, 'nonsense-code-that-is-long'), 'BAD_REQUEST', 'no code of a workshop')
  for (let i = 0; i < wrongJoinCodes.learner.most; i++) expectRefusal(await guess(guesser, `00000${i}`), 'JOIN_CODE')
  expectRefusal(await guess(guesser, workshop.code!), 'TOO_MANY', 'Wait ten minutes')
  expectRefusal(await guesser.request('POST', '/api/join', { code: workshop.code, name: 'G' }), 'TOO_MANY')
  await join(server, workshop.code, 'Ada')
  // A new cookie each time: the network is counted.
  const left = wrongJoinCodes.network.most - wrongJoinCodes.learner.most
  for (let i = 0; i < left; i++) expectRefusal(await guess(createLearner(server.url), '999999'), 'JOIN_CODE')
  expectRefusal(await guess(createLearner(server.url), workshop.code!), 'TOO_MANY')
  server.travel(600_001)
  expect((await guess(guesser, workshop.code!)).body).toMatchObject({ title: 'Images', joined_as: null })
})

test('a code that was renewed or has expired opens nothing', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  const { id, code } = await plan(instructor)
  const renewed = await instructor.request<{ code: string }>('POST', `/api/workshops/${id}/code`)
  const learner = createLearner(server.url)
  expectRefusal(await learner.request('POST', '/api/join', { code, name: 'Ada' }), 'JOIN_CODE')
  expect((await learner.request('POST', '/api/join/look', { code: renewed.body.code })).status).toBe(200)
  server.travel(2 * 86_400_000)
  expectRefusal(await learner.request('POST', '/api/join', { code: renewed.body.code, name: 'Ada' }), 'JOIN_CODE')
})

test('joining twice is one place; two of one name are told apart; who was removed stays out', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  const { id, code } = await plan(instructor)
  const learner = createLearner(server.url)
  await learner.request('GET', '/api/teach')
  const twice = await Promise.all(
    ['Ada', 'Eve', 'Ada'].map((name) => learner.request<{ me: { name: string } }>('POST', '/api/join', { code, name })),
  )
  expect(new Set(twice.map(({ body }) => JSON.stringify(body.me))).size).toBe(1)
  // Whichever of the three came first.
  const { name } = twice[0]!.body.me
  const { member } = await join(server, code, ` ${name.toUpperCase()} `)
  const second = `${name.toUpperCase()} (2)`
  expect(member.me.name).toBe(second)
  const live = await openLive(learner, id)
  const { learners } = (
    await instructor.request<{ learners: { id: string; name: string }[] }>('GET', `/api/workshops/${id}/wall`)
  ).body
  expect(learners.map((each) => each.name)).toEqual([name, second])
  await instructor.request('DELETE', `/api/workshops/${id}/members/${learners[0]!.id}`)
  expect(await live.reason).toBe('WORKSHOP_UNKNOWN')
  expectRefusal(await learner.request('POST', '/api/join', { code, name: 'Someone else' }), 'FORBIDDEN', 'took you out')
  expect(await closing(learner, `/api/workshops/${id}/live`)).toBe('WORKSHOP_UNKNOWN')
  expect((await learner.request('GET', '/api/workshops/mine')).body).toEqual([])
})

test('names that hide, turn text around or break lines are refused, and markup stays text', async () => {
  await using server = await openSchool()
  const { code } = await plan(await createInstructor(server))
  const learner = createLearner(server.url)
  for (const name of [
    '',
    '   ',
    'a\u202Eb',
    'a\u200Bb',
    'a\nb',
    'a\u0000b',
    'a\u001B[2Jb',
    'x'.repeat(41),
    '\u2028',
    7,
  ])
    expectRefusal(await learner.request('POST', '/api/join', { code, name }), 'BAD_REQUEST')
  const { member } = await join(server, code, '<img src=x onerror=alert(1)>')
  expect(member.me.name).toBe('<img src=x onerror=alert(1)>')
  expect((await join(server, code, 'Zoë 李')).member.me.name).toBe('Zoë 李')
})

test('a link makes one instructor, once; keys that nobody has are counted; nobody else may plan', async () => {
  await using server = await openSchool()
  const learner = createLearner(server.url)
  const prove = (who: Learner, key: string) => who.request('POST', '/api/teach', { key, name: 'Mallory' })
  expectRefusal(await learner.request('POST', '/api/workshops', { title: 'x' }), 'BAD_REQUEST')
  expectRefusal(await learner.request('POST', '/api/workshops', wish()), 'NOT_INSTRUCTOR')
  const old = keyOf(await printLink(server))
  const key = keyOf(await printLink(server))
  expectRefusal(await prove(learner, old), 'NOT_INSTRUCTOR', 'not good')
  const both = await Promise.all([prove(createLearner(server.url), key), prove(createLearner(server.url), key)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403])
  const late = keyOf(await printLink(server))
  server.travel(8 * 86_400_000)
  expectRefusal(await prove(learner, late), 'NOT_INSTRUCTOR')
  server.travel(600_001)
  for (let i = 0; i < wrongKeys.most; i++) await prove(createLearner(server.url), createRecoveryCode())
  expectRefusal(await prove(learner, keyOf(await printLink(server))), 'TOO_MANY')
  await using beside = await openBeside(server)
  expect(JSON.stringify(await beside.rows('instructor_keys'))).not.toContain(late.replaceAll('-', ''))
  expectRefusal(await learner.request('POST', '/api/operator/instructor', {}), 'FORBIDDEN')
})

test('neither a learner of the class, nor an instructor of another, nor a stranger gets at anything of it', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { server, id, workshop, first, learners } = room
  await first.learner.start(lab)
  const other = await createInstructor(server, 'Otto')
  await plan(other)
  const stranger = createLearner(server.url)
  await stranger.request('GET', '/api/teach')
  const at = `/api/workshops/${id}`
  const one = `${at}/members/${first.member.me.id}`
  const asked: [string, string, unknown?][] = [
    ['GET', at],
    ['PATCH', at, { title: 'Mine' }],
    ['DELETE', at],
    ['POST', `${at}/state`, { to: 'ended' }],
    ['POST', `${at}/extend`, { minutes: 5 }],
    ['POST', `${at}/code`],
    ['POST', `${at}/invite`],
    ['GET', `${at}/wall`],
    ['GET', `${at}/report`],
    ['GET', `${at}/report.csv`],
    ['POST', `${at}/broadcast`, { kind: 'message', text: 'x' }],
    ['POST', `${at}/follow`, { place: '/' }],
    ['POST', `${at}/locks`, { lab, tasks: ['build'], locked: true }],
    ['POST', `${at}/quiz`, { lesson: lab, question: 'which' }],
    ['DELETE', `${at}/quiz`],
    ['POST', `${at}/members/admit`],
    ['POST', `${one}/admit`],
    ['PATCH', one, { name: 'Eve' }],
    ['DELETE', one],
    ['POST', `${one}/hint`, { text: 'x' }],
    ['POST', `${one}/highlight`, { place: '/', block: 0, text: 'x' }],
    ['POST', `${one}/file`, { name: 'x', text: 'x' }],
    ['POST', `${one}/typing`],
    ['DELETE', `${one}/typing`],
  ]
  for (const who of [learners[1]!.learner, other, stranger]) {
    for (const [method, path, body] of asked) expectRefusal(await who.request(method, path, body), 'WORKSHOP_UNKNOWN')
    expect(await closing(who, `${at}/wall/live`)).toBe('WORKSHOP_UNKNOWN')
    expect(await closing(who, `${one}/terminals/main`)).toBe('WORKSHOP_UNKNOWN')
  }
  for (const who of [other, stranger]) {
    expectRefusal(await who.request('GET', `${at}/log`), 'WORKSHOP_UNKNOWN')
    expect(await closing(who, `${at}/live`)).toBe('WORKSHOP_UNKNOWN')
  }
  // Nothing of another learner reaches a learner.
  const live = await openLive(learners[1]!.learner, id)
  await room.post(`/members/${first.member.me.id}/hint`, { text: 'SECRET' })
  await room.post('/broadcast', { kind: 'message', text: 'for all' })
  await findEntry(live, 'message')
  const read = await learners[1]!.learner.request('GET', `${at}/log`)
  for (const text of [JSON.stringify(live.all), JSON.stringify(read.body)])
    for (const trace of ['Ada', 'SECRET', first.member.me.id, workshop.code!]) expect(text).not.toContain(trace)
  expect((await room.instructor.request('GET', at)).body).toMatchObject({
    title: 'Images',
    state: 'running',
    learners: 2,
  })
})

test('a flood of hands closes its socket, and is one hand in the log and on the wall', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { instructor, id, first } = room
  const wall = await openWall(instructor, id)
  const live = await openLive(first.learner, id)
  await live.find(({ type }) => type === 'log')
  for (let i = 0; i < 500; i++) send(live, { type: 'hand', up: i % 2 === 0, note: 'now' })
  expect(await live.reason).toBe('TOO_MANY')
  const hands = async () => {
    const { body } = await instructor.request<{ what: { kind: string } }[]>('GET', `/api/workshops/${id}/log`)
    return body.filter(({ what }) => what.kind === 'hand')
  }
  // Those that were let through are still under way; the last of them took it down.
  await eventually(async () => (await hands()).length > 0)
  await eventually(async () => {
    const { learners } = (await instructor.request<WallView>('GET', `/api/workshops/${id}/wall`)).body
    return learners.find(({ name }) => name === 'Ada')?.hand_at === null
  })
  expect(await hands()).toHaveLength(1)
  expect(wall.all.length).toBeLessThan(30)
  const again = await openLive(first.learner, id)
  again.socket.send('{"type":"consent","instructor":1,"given":"yes"}')
  expect(await again.reason).toBe('BAD_FRAME')
})

test('places lead nowhere else, commands and hints are text, and what is too long is refused', async () => {
  await using room = await openClass(['Ada'])
  const { first, post } = room
  for (const place of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/a/../b',
    '/a b/',
  ])
    expectRefusal(await post('/follow', { place }), 'BAD_REQUEST')
  expect((await post('/follow', { place: '/layers/cache/#task-2' })).status).toBe(200)
  const one = `/members/${first.member.me.id}`
  expectRefusal(await post(`${one}/hint`, { text: 'a\u001B]52;c;ZXZpbA==\u0007' }), 'BAD_REQUEST')
  expectRefusal(await post('/broadcast', { kind: 'command', text: 'x'.repeat(2001) }), 'BAD_REQUEST')
  for (const name of ['../x', 'a/b', '.bashrc', '-rf', ''])
    expectRefusal(await post(`${one}/file`, { name, text: 'x' }), 'BAD_REQUEST')
  expectRefusal(await post(`/members/000000000000/hint`, { text: 'x' }), 'MEMBER_UNKNOWN')
})

test('a locked task, closed hints and solutions are refused by the server, and open for all at once', async () => {
  await using room = await openClass(['Ada'], { hints_open: false })
  const { first, post, instructor, id } = room
  const { id: session } = await first.learner.start(lab)
  const ask = (method: string, what: string) =>
    first.learner.request(method, `/api/sessions/${session}/tasks/build/${what}`)
  expectRefusal(await ask('POST', 'hints'), 'TASK_LOCKED', 'Hints are closed')
  expectRefusal(await ask('GET', 'solution'), 'TASK_LOCKED', 'Solutions are closed')
  expectRefusal(
    await first.learner.request('POST', `/api/sessions/${session}/continue`, { task: 'runs' }),
    'TASK_LOCKED',
  )
  expect((await post('/locks', { lab, tasks: ['build'], locked: true })).status).toBe(200)
  expectRefusal(await ask('POST', 'check'), 'TASK_LOCKED', 'locked this task')
  expectRefusal(await post('/locks', { lab, tasks: ['calm'], locked: true }), 'TASK_UNKNOWN')
  await post('/locks', { lab, tasks: ['build'], locked: false })
  expect((await ask('POST', 'check')).status).toBe(202)
  await instructor.request('PATCH', `/api/workshops/${id}`, { hints_open: true, solutions_open: true })
  expect((await ask('POST', 'hints')).status).toBe(200)
  expect((await ask('GET', 'solution')).status).toBe(200)
  await post('/locks', { lab, tasks: ['build'], locked: true })
  await move(instructor, id, 'ended')
  await eventually(async () => (await ask('POST', 'hints')).status === 200)
})
