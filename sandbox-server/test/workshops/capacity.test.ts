/** Room for a class: places that nobody else gets, machines that are warm, a queue for those beyond it, and a rehearsal that says so before. */
import { expect, test } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import type { SessionView } from '../../src/contract/sessions.ts'
import { rehearsal, type Rehearsal } from '../../src/contract/workshop-report.ts'
import type { WallEvent } from '../../src/contract/workshop-wall.ts'
import type { WorkshopView } from '../../src/contract/workshops.ts'
import { eventually } from '../fake-runtime.ts'
import { createInstructor, expectRefusal, join, lab, move, openSchool, openWall, otherLab, plan } from './class.ts'

const minute = 60_000
const ask = async (learner: Learner) => (await learner.request<SessionView>('POST', '/api/sessions', { lab })).body

test('places are kept for a class from half an hour before; others wait, the class does not, and gets them back after', async () => {
  await using server = await openSchool({ env: { DRYDOCK_MAX_SESSIONS: '3', DRYDOCK_POOL_MAX: '1' } })
  const instructor = await createInstructor(server)
  const workshop = await plan(instructor, { size: 2, starts_at: Date.now() + 60 * minute })
  const { learner: ada } = await join(server, workshop.code, 'Ada')
  const { learner: bo } = await join(server, workshop.code, 'Bo')
  const view = async () => (await instructor.request<WorkshopView>('GET', `/api/workshops/${workshop.id}`)).body
  expect((await view()).reserved).toEqual({ places: 0, of: 2 })
  server.travel(31 * minute)
  await eventually(async () => (await view()).reserved.places === 2)
  const [first, second] = [createLearner(server.url), createLearner(server.url)]
  await first.start(lab)
  const waiting = await ask(second)
  expect(await second.session(waiting.id)).toMatchObject({ state: 'starting', queue_place: 1, queue_latest: null })
  // Machines are booted for the class beyond the usual pool, a quarter of an hour before.
  server.travel(15 * minute)
  await eventually(() => server.engine.wished.some(({ count }) => count >= 2))
  await move(instructor, workshop.id, 'running')
  await ada.start(lab)
  await bo.start(lab)
  expect(await second.session(waiting.id)).toMatchObject({ state: 'starting', queue_place: 1 })
  const wall = await openWall(instructor, workshop.id)
  await wall.tile('Bo', ({ session }) => session?.state === 'ready')
  await move(instructor, workshop.id, 'ended')
  await ada.end((await ask(ada)).id)
  await eventually(async () => (await second.session(waiting.id)).state === 'ready')
})

test('a class that is larger than the machine queues, and the wall says who waits', async () => {
  await using server = await openSchool({ env: { DRYDOCK_MAX_SESSIONS: '1' } })
  const instructor = await createInstructor(server)
  const workshop = await plan(instructor, { size: 2 })
  const { learner: ada } = await join(server, workshop.code, 'Ada')
  const { learner: bo } = await join(server, workshop.code, 'Bo')
  await move(instructor, workshop.id, 'running')
  await eventually(async () => {
    const { body } = await instructor.request<WorkshopView>('GET', `/api/workshops/${workshop.id}`)
    return body.reserved.places === 1 && body.reserved.of === 2
  })
  const { id: first } = await ada.start(lab)
  await ask(bo)
  const wall = await openWall(instructor, workshop.id)
  const tile = await wall.tile('Bo', ({ need }) => need?.why === 'queue')
  expect(tile.need?.words).toBe('waits for a place, number 1')
  // However long that takes, nobody is stuck in a task at which they could not work yet: not meanwhile, and not once they can.
  const before = wall.all.length
  server.travel(30 * minute)
  await wall.tile('Ada', ({ need }) => need?.why === 'time', before)
  const { body } = await instructor.request<Extract<WallEvent, { type: 'wall' }>>(
    'GET',
    `/api/workshops/${workshop.id}/wall`,
  )
  expect(body.learners.find(({ name }) => name === 'Bo')).toMatchObject({
    ...{ need: { why: 'queue' }, task: null, tasks: { [lab]: ['open', 'open', 'open'] } },
  })
  const { length } = wall.all
  await ada.end(first)
  const { task, need } = await wall.tile('Bo', ({ session }) => session?.state === 'ready', length)
  expect(need).toBeNull()
  expect(Date.now() + 30 * minute - (task?.since ?? 0)).toBeLessThan(minute)
  // The next server knows it as well.
  await server.reopen()
  const again = await openWall(instructor, workshop.id)
  expect((await again.tile('Bo', ({ session }) => session?.state === 'ready')).task?.since).toBe(task?.since)
})

async function rehearse(instructor: Learner, id: string): Promise<Rehearsal> {
  expect((await instructor.request('GET', `/api/workshops/${id}/rehearsal`)).status).toBe(204)
  expect((await instructor.request('POST', `/api/workshops/${id}/rehearsal`)).status).toBe(200)
  return await eventually(async () => {
    const { body } = await instructor.request('GET', `/api/workshops/${id}/rehearsal`)
    const known = rehearsal.parse(body)
    return known.state === 'running' || known.state === 'clearing' ? undefined : known
  })
}

test('a rehearsal starts the real number of labs, says that it holds from what it measured, and leaves nothing', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  // Its places are kept already: it is about to begin, and a rehearsal has them too.
  const { id } = await plan(instructor, { size: 7 })
  await eventually(async () => {
    const { body } = await instructor.request<WorkshopView>('GET', `/api/workshops/${id}`)
    return body.reserved.places === 7
  })
  const said = await rehearse(instructor, id)
  expect(said).toMatchObject({
    state: 'done',
    wanted: 7,
    started: 7,
    failed: 0,
    holds: true,
    bottleneck: 'none',
    lab,
    memory: 350_000_000,
  })
  expect(said.all_ms).toBeGreaterThanOrEqual(said.half_ms ?? Infinity)
  expect(said.says).toMatch(/^All 7 labs run/)
  expect(server.engine.started).toHaveLength(7)
  expect(server.engine.mostStarting).toBeLessThanOrEqual(3)
  expect(server.engine.sessions.size).toBe(0)
  const { body } = await instructor.request<{ free: number }>('GET', '/api/health')
  expect(body.free).toBe(40)
})

test('a rehearsal says what it found at once, and that it is done when its labs are gone and their places free', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  const { id } = await plan(instructor, { size: 3, starts_at: Date.now() + 24 * 60 * minute })
  const gate = Promise.withResolvers<void>()
  using _opened = { [Symbol.dispose]: () => gate.resolve() }
  server.engine.onRemove = () => gate.promise
  const at = `/api/workshops/${id}/rehearsal`
  const look = async () => rehearsal.parse((await instructor.request('GET', at)).body)
  await instructor.request('POST', at)
  const found = await eventually(async () => {
    const known = await look()
    return known.state !== 'running' && known
  })
  expect(found).toMatchObject({ state: 'clearing', holds: true, started: 3 })
  expect(server.engine.sessions.size).toBe(3)
  // Another is not begun on top of it.
  expect((await instructor.request<Rehearsal>('POST', at)).body.state).toBe('clearing')
  gate.resolve()
  const done = await eventually(async () => {
    const known = await look()
    return known.state !== 'clearing' && known
  })
  expect(done).toEqual({ ...found, state: 'done' })
  expect(server.engine.sessions.size).toBe(0)
  expect((await instructor.request<{ free: number }>('GET', '/api/health')).body.free).toBe(40)
  server.engine.onRemove = () => Promise.reject(new Error('no'))
  expect((await rehearse(instructor, (await plan(instructor, { size: 2 })).id)).says).toContain(
    '2 of its labs could not be removed',
  )
})

test('a class that is too large is told so: by places, by the host, by labs that do not start', async () => {
  await using server = await openSchool({ env: { DRYDOCK_MAX_SESSIONS: '4' } })
  const instructor = await createInstructor(server)
  const far = { starts_at: Date.now() + 24 * 60 * minute }
  const places = await rehearse(instructor, (await plan(instructor, { size: 6, ...far })).id)
  expect(places).toMatchObject({ started: 4, holds: false, bottleneck: 'places' })
  expect(places.says).toContain('4 of 6 labs started; the other 2 would wait')
  server.engine.room = 2
  await eventually(async () => (await instructor.request<{ free: number }>('GET', '/api/health')).body.free === 2)
  const host = await rehearse(instructor, (await plan(instructor, { size: 3, ...far })).id)
  expect(host).toMatchObject({ started: 2, holds: false, bottleneck: 'host' })
  server.engine.room = 1000
  await eventually(async () => (await instructor.request<{ free: number }>('GET', '/api/health')).body.free === 4)
  server.engine.onStart = async () => {
    if (server.engine.started.length % 2 === 0) throw new Error('no disk')
  }
  const broken = await rehearse(instructor, (await plan(instructor, { size: 4, ...far })).id)
  expect(broken).toMatchObject({ started: 2, failed: 2, holds: false, bottleneck: 'host' })
  expect(server.engine.sessions.size).toBe(0)
})

test('a rehearsal makes room for whoever waits, is ended when asked, disturbs no class, and is one at a time', async () => {
  await using server = await openSchool({ env: { DRYDOCK_MAX_SESSIONS: '2' } })
  const instructor = await createInstructor(server)
  const far = { starts_at: Date.now() + 24 * 60 * minute }
  const { id } = await plan(instructor, { size: 2, ...far })
  const other = await plan(instructor, { size: 2, ...far })
  const gate = Promise.withResolvers<void>()
  server.engine.onStart = (_spec, signal) =>
    Promise.race([
      gate.promise,
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    ])
  const begin = (which: string) => instructor.request('POST', `/api/workshops/${which}/rehearsal`)
  await begin(id)
  expect((await begin(id)).body).toMatchObject({ state: 'running' })
  expectRefusal(await begin(other.id), 'TOO_MANY')
  await eventually(() => server.engine.started.length === 2)
  const learner = createLearner(server.url)
  await ask(learner)
  const stopped = await eventually(async () => {
    const { body } = await instructor.request<Rehearsal>('GET', `/api/workshops/${id}/rehearsal`)
    return body.state === 'stopped' ? body : undefined
  })
  expect(stopped).toMatchObject({ holds: null, says: expect.stringContaining('Learners came') as string })
  gate.resolve()
  await eventually(
    async () => (await learner.request<SessionView[]>('GET', '/api/sessions')).body[0]?.state === 'ready',
  )
  const gate2 = Promise.withResolvers<void>()
  server.engine.onStart = (_spec, signal) =>
    Promise.race([
      gate2.promise,
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    ])
  await begin(other.id)
  const ended = await instructor.request('DELETE', `/api/workshops/${other.id}/rehearsal`)
  expect(ended.body).toMatchObject({ state: 'stopped' })
  expect(server.engine.sessions.size).toBe(1)
  // A class with nobody at work is disturbed by nothing.
  const soon = await plan(instructor, { labs: [otherLab] })
  const { learner: ada } = await join(server, soon.code, 'Ada')
  await move(instructor, soon.id, 'running')
  gate2.resolve()
  await ada.start(otherLab)
  expectRefusal(await begin(id), 'FORBIDDEN', 'would disturb')
})
