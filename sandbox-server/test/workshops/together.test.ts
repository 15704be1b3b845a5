/** What is done with all of a class: leading, saying, asking, pausing, and bringing up who fell behind without losing their work. */
import { expect, test } from 'vitest'
import type { LogEntry } from '../../src/contract/workshop-log.ts'
import type { QuizState } from '../../src/contract/workshop-wall.ts'
import type { WorkshopView } from '../../src/contract/workshops.ts'
import { eventually } from '../fake-runtime.ts'
import { createSampleLab } from '../test-labs.ts'
import { expectRefusal, findEntry, lab, move, openClass, openLive, openWall, otherLab } from './class.ts'

test('all hear what is said and where to go; a command is a block to copy; a pause stops the clock', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { id, learners, post, instructor, server } = room
  const pages = await Promise.all(learners.map(({ learner }) => openLive(learner, id)))
  await post('/broadcast', { kind: 'command', text: 'docker ps -a\ndocker images' })
  await post('/follow', { place: '/layers/cache/#task-2' })
  for (const page of pages) {
    expect(await findEntry(page, 'command')).toMatchObject({
      by: 'Ines',
      member: null,
      what: { text: 'docker ps -a\ndocker images' },
    })
    await page.find((event) => event.type === 'member' && event.member.follow === '/layers/cache/#task-2')
  }
  const before = await move(instructor, id, 'paused')
  await pages[0]!.find((event) => event.type === 'member' && event.member.state === 'paused')
  server.travel(600_000)
  const { body: meanwhile } = await instructor.request<WorkshopView>('GET', `/api/workshops/${id}`)
  // What is left on the clock, for whoever looks.
  expect(meanwhile.ends_at! - meanwhile.paused_at!).toBe(before.ends_at! - before.paused_at!)
  const after = await move(instructor, id, 'running')
  expect(after.ends_at! - before.ends_at!).toBeGreaterThan(598_000)
  // As it was before anybody was led: what comes from here on counts.
  const heard = pages[1]!.all.length
  await post('/follow', { place: null })
  await pages[1]!.find(
    (event) =>
      event.type === 'member' &&
      event.member.state === 'running' &&
      event.member.follow === null &&
      pages[1]!.all.indexOf(event) >= heard,
  )
})

test('a question to all is answered once each; nobody learns what is right before', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { id, learners, post, instructor, first } = room
  const wall = await openWall(instructor, id)
  const page = await openLive(learners[1]!.learner, id)
  const asked = await post('/quiz', { lesson: lab, question: 'which' })
  const quiz = asked.body as QuizState
  expect(quiz).toMatchObject({ open: true, asked: 2, answered: 0, key: ['iron'] })
  await page.find((event) => event.type === 'quiz' && event.quiz?.id === quiz.id)
  const answer = (who: number, option: string, form = 'single') =>
    learners[who]!.learner.request<QuizState>('POST', `/api/workshops/${id}/quiz/answers`, {
      quiz: quiz.id,
      answer: { form, option },
    })
  expectRefusal(await answer(0, 'gold'), 'BAD_REQUEST')
  expect((await answer(0, 'wood')).body).toMatchObject({ answered: 1, key: ['iron'] })
  expect((await answer(0, 'iron')).body).toMatchObject({ answered: 1, right: 0 })
  await wall.tile('Ada', ({ answered }) => answered)
  const counted = await wall.find((event) => event.type === 'quiz' && event.quiz?.answered === 1)
  expect(counted).toMatchObject({
    quiz: { right: 0, options: expect.arrayContaining([{ id: 'wood', count: 1 }]) as object },
  })
  // Bo has not answered: neither the key nor what others chose.
  await page.find((event) => event.type === 'quiz' && event.quiz?.answered === 1)
  for (const event of page.all)
    if (event.type === 'quiz') expect(event.quiz ?? { key: [], options: [] }).toMatchObject({ key: [], options: [] })
  expect(JSON.stringify(page.all)).not.toContain('KEY-OR-REASON')
  await instructor.request('DELETE', `/api/workshops/${id}/quiz`)
  await page.find((event) => event.type === 'quiz' && event.quiz?.open === false && event.quiz.key[0] === 'iron')
  expectRefusal(await answer(1, 'iron'), 'ALREADY_ANSWERED')
  expectRefusal(
    await first.learner.request('POST', `/api/workshops/${id}/quiz`, { lesson: lab, question: 'which' }),
    'WORKSHOP_UNKNOWN',
  )
})

const entriesOf = async (room: Awaited<ReturnType<typeof openClass>>) => {
  const { body } = await room.instructor.request<LogEntry[]>('GET', `/api/workshops/${room.id}/log`)
  return body.flatMap(({ what, member }) => (what.kind === 'catch-up' ? [{ ...what, name: member?.name }] : []))
}

test('who fell behind is brought to the state after a task, with their files beside; who is there keeps what they did', async () => {
  await using room = await openClass(['Ada', 'Bo', 'Cy'])
  const { server, learners, post, id } = room
  const [ada, bo] = learners.map(({ learner }) => learner)
  const { id: hers } = await ada!.start(lab)
  const { id: his } = await bo!.start(lab)
  await bo!.task(his, 'build', ({ outcome }) => outcome?.status === 'fail')
  const node = server.engine.node(his)
  node.answers.set('/done', ['build'])
  node.emit({ Type: 'image', Action: 'tag', Actor: { Attributes: { name: 'shop' } } })
  await bo!.task(his, 'build', ({ done }) => done)
  const files = Buffer.from('the work of Ada')
  server.engine.node(hers).archive = files
  const unpacked: [string, Buffer][] = []
  server.engine.onNode = (each) => {
    each.answers.set('/done', [])
    const unpack = each.unpack.bind(each)
    each.unpack = async (folder, archive) => {
      unpacked.push([folder, archive])
      await unpack(folder, archive)
    }
  }
  // Both press at once: it is done once.
  const both = await Promise.all([1, 2].map(() => post('/catch-up', { lab, task: 'build', members: 'behind' })))
  const begun = both.flatMap(({ body }) => (body as { begun: string[] }).begun)
  expect(begun.toSorted()).toEqual([learners[0]!.member.me.id, learners[2]!.member.me.id].toSorted())
  await eventually(async () => (await entriesOf(room)).filter(({ is }) => is === 'done').length === 2)
  expect((await entriesOf(room)).filter(({ is }) => is === 'done')).toEqual(
    expect.arrayContaining([
      { kind: 'catch-up', lab, task: 'build', is: 'done', kept: true, name: 'Ada' },
      { kind: 'catch-up', lab, task: 'build', is: 'done', kept: false, name: 'Cy' },
    ]),
  )
  expect(unpacked).toEqual([['/root/before-catch-up', files]])
  const session = await ada!.session(hers)
  expect(session.tasks[0]).toMatchObject({ id: 'build', done: true, shown: true })
  expect(server.engine.node(hers).executed.some((argv) => argv.join(' ').includes('docker build .'))).toBe(true)
  expect((await bo!.session(his)).tasks[0]).toMatchObject({ done: true, shown: false })
  const wall = await openWall(room.instructor, id)
  await wall.tile('Cy', ({ tasks }) => tasks[lab]?.[0] === 'shown' && tasks[lab][1] === 'current')
  expectRefusal(await post('/catch-up', { lab: 'no/lab', task: 'build', members: 'behind' }), 'LAB_UNKNOWN')
  expectRefusal(await post('/catch-up', { lab, task: 'calm', members: 'behind' }), 'TASK_UNKNOWN')
})

test('whoever leaves in the middle of it, and a solution that does not work, are told as such', async () => {
  await using room = await openClass(['Ada', 'Bo'])
  const { server, learners, post } = room
  const gate = Promise.withResolvers<void>()
  const { id: session } = await learners[0]!.learner.start(lab)
  server.engine.onStart = () => gate.promise
  await post('/catch-up', { lab, task: 'build', members: [learners[0]!.member.me.id] })
  await eventually(async () => (await entriesOf(room)).some(({ is }) => is === 'begun'))
  await learners[0]!.learner.end(session)
  gate.resolve()
  await eventually(async () => (await entriesOf(room)).some(({ is, name }) => is === 'failed' && name === 'Ada'))
  server.engine.onNode = (node) => {
    node.answers.set('/done', [])
    node.onExec = (argv) => ({
      code: argv.join(' ').includes('docker build') ? 1 : 0,
      stdout: '',
      stderr: '',
      truncated: false,
    })
  }
  await post('/catch-up', { lab, task: 'build', members: [learners[1]!.member.me.id] })
  await eventually(async () => (await entriesOf(room)).some(({ is, name }) => is === 'failed' && name === 'Bo'))
  const [bo] = (
    await learners[1]!.learner.request<{ state: string; tasks: { shown: boolean }[] }[]>('GET', '/api/sessions')
  ).body
  expect(bo).toMatchObject({ state: 'ready' })
  expect(bo?.tasks.some(({ shown }) => shown)).toBe(false)
})

test('after the last task all of a lab is done', async () => {
  const whole = { ...createSampleLab(otherLab) }
  const steps = ['build', 'runs', 'rebuild'].map((task) => ({
    task,
    node: 'node1',
    script: `do ${task}`,
    why: 'It has to be.',
  }))
  await using room = await openClass(['Ada'], {}, { labs: [createSampleLab(lab), { ...whole, solution: steps }] })
  const { server, first, post } = room
  await post('/catch-up', { lab: otherLab, task: 'rebuild', members: 'behind' })
  await eventually(async () => (await entriesOf(room)).some(({ is }) => is === 'done'))
  const [session] = (await first.learner.request<{ id: string }[]>('GET', '/api/sessions')).body
  const done = server.engine
    .node(session!.id)
    .executed.map((argv) => argv.join(' '))
    .join('\n')
  for (const task of ['build', 'runs', 'rebuild']) expect(done).toContain(`do ${task}`)
})
