/** A learner's place in a class: on another device, behind an access code, after leaving for good; and a plan over midnight in another zone. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { MemberView } from '../../src/contract/workshops.ts'
import { openBeside } from '../learners/someone.ts'
import {
  createInstructor,
  expectRefusal,
  findEntry,
  join,
  lab,
  move,
  openClass,
  openLive,
  openSchool,
  openWall,
  otherLab,
  plan,
  wish,
} from './class.ts'

test('from another device a learner goes on in their place, with their lab; the first device is told to look again', async () => {
  await using room = await openClass(['Ada'])
  const { id, first, instructor, post } = room
  const { id: session } = await first.learner.start(lab)
  const laptop = await openLive(first.learner, id)
  const { body } = await first.learner.request<{ code: string }>('POST', '/api/learner/code')
  const phone = createLearner(room.server.url)
  // The phone had come in by itself before: of two places the one whose code it is stays.
  await phone.request('POST', '/api/join', { code: room.workshop.code, name: 'Ada on the phone' })
  const wall = await openWall(instructor, id)
  await wall.tile('Ada on the phone', () => true)
  expect((await phone.request('POST', '/api/learner/join', { code: body.code })).status).toBe(200)
  const [mine] = (await phone.request<MemberView[]>('GET', '/api/workshops/mine')).body
  expect(mine?.me).toMatchObject({ id: first.member.me.id, name: 'Ada', state: 'admitted' })
  expect(await phone.session(session)).toMatchObject({ state: 'ready' })
  await wall.find((event) => event.type === 'left' && event.ids.length === 1)
  const both = await openLive(phone, id)
  await post(`/members/${first.member.me.id}/hint`, { text: 'Hear, hear.' })
  for (const page of [laptop, both]) await findEntry(page, 'hint')
})

test('an instructor who signs in elsewhere by a code teaches there', async () => {
  await using room = await openClass([])
  const { body } = await room.instructor.request<{ code: string }>('POST', '/api/learner/code')
  const elsewhere = createLearner(room.server.url)
  await elsewhere.request('POST', '/api/learner/join', { code: body.code })
  expect((await elsewhere.request('GET', '/api/teach')).body).toMatchObject({
    instructor: true,
    name: 'Ines',
    workshops: [{ id: room.id }],
  })
})

test('the code of a class opens its labs where the server asks for an access code, and no others', async () => {
  await using server = await openSchool({ env: { DRYDOCK_ACCESS_CODE: 'harbour-42' } })
  const instructor = await createInstructor(server)
  const workshop = await plan(instructor, { labs: [lab] })
  const { learner } = await join(server, workshop.code, 'Ada')
  const start = (wanted: string) => learner.request('POST', '/api/sessions', { lab: wanted })
  expectRefusal(await start(lab), 'ACCESS_CODE')
  await move(instructor, workshop.id, 'running')
  expect((await start(lab)).status).toBe(201)
  expectRefusal(await start(otherLab), 'ACCESS_CODE')
  expectRefusal(await createLearner(server.url).request('POST', '/api/sessions', { lab }), 'ACCESS_CODE')
})

/** A name that no hash contains by chance. */
const leaver = 'Ada, who leaves'

test('whoever leaves for good leaves nothing in the class; an instructor who does takes their classes with them', async () => {
  await using room = await openClass([leaver, 'Bo'])
  const { server, instructor, id, first, post } = room
  await post(`/members/${first.member.me.id}/hint`, { text: 'a-mark-of-somebody' })
  const live = await openLive(first.learner, id)
  expect((await first.learner.request('DELETE', '/api/learner')).status).toBe(204)
  expect(await live.reason).toBe('WORKSHOP_UNKNOWN')
  const wall = await openWall(instructor, id)
  await wall.find(({ type }) => type === 'wall')
  expect(
    wall.all.flatMap((event) => (event.type === 'wall' ? event.learners.map(({ name }) => name) : [])),
  ).not.toContain(leaver)
  await using beside = await openBeside(server)
  for (const [table, text] of Object.entries(await beside.dump()))
    for (const trace of [leaver, 'a-mark-of-somebody', first.member.me.id]) expect(text, table).not.toContain(trace)
  await instructor.request('DELETE', '/api/learner')
  expect(await beside.rows('workshops')).toEqual([])
  expect((await room.learners[1]!.learner.request('GET', '/api/workshops/mine')).body).toEqual([])
})

test('a class over midnight in another zone lasts as long as it was planned, and a zone that there is not is refused', async () => {
  await using server = await openSchool()
  const instructor = await createInstructor(server)
  // 23:30 in Kathmandu, where the hours are a quarter off; it begins when its instructor says.
  const starts_at = Date.parse('2027-03-13T23:30:00+05:45')
  const workshop = await plan(instructor, { starts_at, zone: 'Asia/Kathmandu', minutes: 180 })
  expect(workshop).toMatchObject({ starts_at, zone: 'Asia/Kathmandu', state: 'planned', began_at: null, ends_at: null })
  const running = await move(instructor, workshop.id, 'running')
  expect(running.ends_at! - running.began_at!).toBeGreaterThan(180 * 60_000 - 1000)
  expect(running.ends_at! - running.began_at!).toBeLessThan(180 * 60_000 + 1000)
  expectRefusal(await instructor.request('POST', '/api/workshops', wish({ zone: 'Mars/Olympus' })), 'BAD_REQUEST', /./)
  expectRefusal(
    await instructor.request('POST', '/api/workshops', wish({ starts_at: 0 })),
    'BAD_REQUEST',
    'now or later',
  )
  expectRefusal(await instructor.request('POST', '/api/workshops', wish({ labs: ['no/lab'] })), 'LAB_UNKNOWN', 'no/lab')
  expectRefusal(await instructor.request('POST', '/api/workshops', wish({ labs: [lab, lab] })), 'BAD_REQUEST')
})
