/** The way through a workshop: become an instructor, plan, join, start, work, be seen, be helped, end. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { workshopView, type TeachView, type WorkshopView } from '../../src/contract/workshops.ts'
import { workshopReport } from '../../src/contract/workshop-report.ts'
import { eventually } from '../fake-runtime.ts'
import { finish, openBeside } from '../learners/someone.ts'
import {
  createInstructor,
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
} from './class.ts'

test('an instructor comes by the printed link, plans, and learners come by a code that was read aloud badly', async () => {
  await using server = await openSchool()
  const link = await printLink(server, true)
  expect(link).toMatch(/\/teach\/#key=/)
  const instructor = createLearner(server.url)
  expect((await instructor.request<TeachView>('GET', '/api/teach')).body).toMatchObject({
    instructor: false,
    workshops: [],
  })
  const proved = await instructor.request<TeachView>('POST', '/api/teach', { key: keyOf(link), name: 'Ines' })
  expect(proved.body).toMatchObject({ instructor: true, name: 'Ines' })
  // Who has one is printed none at the next start.
  expect(await printLink(server, true)).toBeNull()

  const workshop = await plan(instructor)
  expect(workshop).toMatchObject({ state: 'planned', instructors: ['Ines'], learners: 0 })
  expect(workshop.program[0]).toMatchObject({ id: lab, tasks: [{ id: 'build' }, { id: 'runs' }, { id: 'rebuild' }] })
  const aloud = workshop
    .code!.toLowerCase()
    .replace('-', ' ')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('5', 's')
  const { learner, member } = await join(server, aloud, ' Ada  Lovelace ')
  expect(member).toMatchObject({
    title: 'Images',
    instructors: ['Ines'],
    me: { name: 'Ada Lovelace', state: 'waiting' },
  })
  const live = await openLive(learner, workshop.id)
  await live.find((event) => event.type === 'member' && event.member.me.state === 'waiting')
  await move(instructor, workshop.id, 'running')
  await live.find(
    (event) => event.type === 'member' && event.member.me.state === 'admitted' && event.member.state === 'running',
  )
  expect((await learner.request('GET', '/api/workshops/mine')).body).toMatchObject([
    { id: workshop.id, state: 'running' },
  ])
  await findEntry(live, 'state')

  await server.reopen()
  expect((await instructor.request('GET', `/api/workshops/${workshop.id}`)).body).toMatchObject({
    state: 'running',
    learners: 1,
  })
  expect((await learner.request('GET', '/api/workshops/mine')).body).toMatchObject([{ me: { name: 'Ada Lovelace' } }])
})

test('the wall follows who works, who is stuck and why, and what was expected and seen', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { server, instructor, id, first } = room
  const wall = await openWall(instructor, id)
  await wall.tile('Ada', (tile) => tile.session === null && !tile.connected)
  const live = await openLive(first.learner, id)
  await wall.tile('Ada', (tile) => tile.connected)
  const session = await first.learner.start(lab)
  const tile = await wall.tile('Ada', ({ task }) => task?.seen != null)
  expect(tile).toMatchObject({
    ...{ lab, done: 0, need: null },
    task: { id: 'build', nth: 1, expected: 'build among what is done', seen: 'nothing' },
    tasks: { [lab]: ['current', 'open', 'open'] },
  })
  const node = server.engine.node(session.id)
  node.answers.set('/done', ['build'])
  node.emit({ Type: 'image', Action: 'tag', Actor: { Attributes: { name: 'shop' } } })
  await wall.tile('Ada', ({ done, tasks }) => done === 1 && tasks[lab]?.[0] === 'done' && tasks[lab][1] === 'current')

  send(live, { type: 'hand', up: true, note: 'What is a layer?' })
  const waving = await wall.tile('Ada', ({ hand_at }) => hand_at !== null)
  expect(waving.need).toMatchObject({ why: 'hand', words: expect.stringContaining('What is a layer?') as string })
  const helped = wall.all.length
  const hint = await room.post(`/members/${first.member.me.id}/hint`, { text: 'It is an archive.', lab, task: 'runs' })
  expect(hint.status).toBe(200)
  expect(await findEntry(live, 'hint')).toMatchObject({
    by: 'Ines',
    what: { text: 'It is an archive.', task: 'runs' },
  })
  await wall.tile('Ada', ({ hand_at }) => hand_at === null, helped)

  // Three tries at a task that asks for them: the third makes her stuck.
  node.answers.set('/done', ['build', 'runs'])
  node.emit({ Type: 'container', Action: 'start', Actor: { Attributes: {} } })
  await wall.tile('Ada', ({ task }) => task?.id === 'rebuild')
  for (let tries = 1; tries <= 3; tries++) {
    await first.learner.request('POST', `/api/sessions/${session.id}/tasks/rebuild/check`)
    await first.learner.task(session.id, 'rebuild', (task) => task.tries === tries && !task.checking)
  }
  const stuck = await wall.tile('Ada', ({ need }) => need?.why === 'tries')
  expect(stuck).toMatchObject({
    need: { words: '3 tries at task 3, under a minute' },
    tasks: { [lab]: ['done', 'done', 'stuck'] },
  })
  live.socket.close()
  await wall.tile('Ada', (each) => !each.connected)
  // The other one was never in it.
  expect(await wall.tile('Bo', () => true)).toMatchObject({ session: null, need: null })
})

test('a lab of the class lasts as long as the class does, and idleness does not end it', async () => {
  await using room = await openClass(['Ada'], {}, { env: { DRYDOCK_SESSION_TIME: '30m' } })
  const { first, server, instructor, id } = room
  const { id: session } = await first.learner.start(lab)
  const { ends_at } = (await instructor.request<{ ends_at: number }>('GET', `/api/workshops/${id}`)).body
  await eventually(async () => ((await first.learner.session(session)).deadline ?? 0) > ends_at - 1000)
  server.travel(2 * 3_600_000)
  await eventually(async () => (await first.learner.session(session)).state === 'ready')
  await room.post('/extend', { minutes: 30 })
  await eventually(async () => ((await first.learner.session(session)).deadline ?? 0) > ends_at + 29 * 60_000)
  // A pause over lunch, longer than what is left: nobody's lab ends in it.
  await move(instructor, id, 'paused')
  for (let i = 0; i < 6; i++) {
    server.travel(20 * 60_000)
    const now = Date.now() + 2 * 3_600_000 + (i + 1) * 20 * 60_000
    await eventually(async () => ((await first.learner.session(session)).deadline ?? 0) > now + 80 * 60_000)
  }
  expect((await first.learner.session(session)).state).toBe('ready')
  await move(instructor, id, 'running')
  // By itself the class is over then, and what runs goes on for a while.
  server.travel(2 * 3_600_000)
  await eventually(async () => {
    const { body } = await instructor.request<{ state: string }>('GET', `/api/workshops/${id}`)
    return body.state === 'ended'
  })
})

test('two instructors teach one class by a link that is good once', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  const workshop = await plan(instructor)
  const invite = await instructor.request<{ url: string }>('POST', `/api/workshops/${workshop.id}/invite`)
  const second = createLearner(server.url)
  const proved = await second.request('POST', '/api/teach/with', { key: keyOf(invite.body.url), name: 'Ike' })
  expect(proved.body).toMatchObject({ id: workshop.id, instructors: ['Ike', 'Ines'] })
  // Both start it at once: it has begun once.
  const [a, b] = await Promise.all([move(instructor, workshop.id, 'running'), move(second, workshop.id, 'running')])
  expect(a.began_at).toBe(b.began_at)
  const { body } = await second.request<{ what: { kind: string; to?: string } }[]>(
    'GET',
    `/api/workshops/${workshop.id}/log`,
  )
  expect(body.filter(({ what }) => what.kind === 'state' && what.to === 'running')).toHaveLength(1)
  await move(second, workshop.id, 'paused')
  await move(instructor, workshop.id, 'running')
  expect((await second.request('DELETE', `/api/workshops/${workshop.id}`)).status).toBe(403)
  expect((await instructor.request('DELETE', `/api/workshops/${workshop.id}`)).status).toBe(204)
  expect((await second.request('GET', `/api/workshops/${workshop.id}`)).status).toBe(404)
})

test('what was changed and changed back at once is told again: an instructor was answered how it was in between', async () => {
  await using room = await openClass([])
  const wall = await openWall(room.instructor, room.id)
  await wall.find(({ type }) => type === 'workshop')
  const heard = wall.all.length
  const answers: WorkshopView[] = []
  for (const locked of [true, false])
    answers.push(workshopView.parse((await room.post('/locks', { lab, tasks: ['build'], locked })).body))
  const told = await wall.find(
    (event) =>
      event.type === 'workshop' &&
      wall.all.indexOf(event) >= heard &&
      event.workshop.program[0]?.tasks[0]?.locked === false,
  )
  // Whoever hears all of it late, or in another order, can tell which is the newest.
  const before = wall.all.slice(0, heard).findLast((event) => 'workshop' in event)
  const versions = [before, ...answers.map((workshop) => ({ workshop })), told].map((each) =>
    each && 'workshop' in each ? each.workshop.version : 0,
  )
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
})

test('the end: a report per learner and task, a table of it, and all is gone when its time is over', async () => {
  await using room = await openClass(['=Ada', 'Bo'])
  const { server, instructor, id, first, learners } = room
  const session = await first.learner.start(lab)
  await first.learner.task(session.id, 'build', (task) => task.outcome?.status === 'fail')
  const node = server.engine.node(session.id)
  node.answers.set('/done', ['build'])
  node.emit({ Type: 'image', Action: 'tag', Actor: { Attributes: { name: 'shop' } } })
  await first.learner.task(session.id, 'build', (task) => task.done)
  await first.learner.request('POST', `/api/sessions/${session.id}/tasks/runs/hints`)
  await room.post(`/members/${first.member.me.id}/hint`, { text: 'Try run.' })
  await finish(first.learner, session.id)
  await move(instructor, id, 'ended')
  const { body } = await instructor.request('GET', `/api/workshops/${id}/report`)
  const report = workshopReport.parse(body)
  expect(report.learners).toMatchObject([
    {
      name: '=Ada',
      done: 1,
      of: 6,
      helps: 1,
      tasks: [{ task: 'build', tries: 1, stuck: null }, { task: 'runs', hints: 1, done_at: null }, {}],
    },
    { name: 'Bo', done: 0, tasks: [] },
  ])
  expect(report.tasks[0]).toMatchObject({ lab, task: 'build', begun: 1, done: 1, stuck: 0 })
  expect(report.learners[0]?.tasks[0]?.ms).toBeGreaterThan(0)
  const table = await instructor.request<string>('GET', `/api/workshops/${id}/report.csv`)
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.body).toMatch(/^\uFEFF?learner,lab,task,/)
  expect(table.body).toContain(`\n'=Ada,${lab},build,20`)
  // Learners may go on, and theirs stays theirs; the class is removed.
  expect((await learners[1]!.learner.request('GET', '/api/workshops/mine')).body).toMatchObject([{ state: 'ended' }])
  server.travel(8 * 86_400_000)
  await eventually(async () => (await instructor.request('GET', `/api/workshops/${id}`)).status === 404)
  await using beside = await openBeside(server)
  for (const table of ['workshops', 'workshop_members', 'workshop_log', 'workshop_answers', 'workshop_teachers'])
    expect(await beside.rows(table), table).toEqual([])
  const progress = await first.learner.request<{ labs: Record<string, { passed: object }> }>('GET', '/api/progress')
  expect(Object.keys(progress.body.labs[lab]?.passed ?? {})).toContain('build')
})
