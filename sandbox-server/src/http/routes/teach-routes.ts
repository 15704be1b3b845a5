/** For instructors: prove that one is, plan workshops, begin and end them. */
import { z } from 'zod'
import {
  changeWorkshop,
  extendWorkshop,
  joinTeaching,
  moveWorkshop,
  planWorkshop,
  proveInstructor,
  teachView,
  teachingLink,
  workshopView,
} from '../../contract/workshops.ts'
import { networkOf } from '../../learners/network-address.ts'
import { Refusal } from '../../refusal.ts'
import type { Classroom } from '../../workshops/classroom.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export const workshopParams = z.object({ id: z.string().max(100) })

export function registerTeachRoutes(app: App, { cookies }: RouteContext, classroom: Classroom): void {
  const { rooms, teaching, planning, describe } = classroom
  type Asking = Parameters<typeof cookies.require>[0] & { params: { id: string } }
  /** Theirs alone; with what they are called in it. */
  const taught = (request: Asking) => {
    const learner = cookies.require(request)
    const room = rooms.taught(learner, request.params.id)
    return { learner, room, by: rooms.nameAs(learner), view: () => describe.forTeacher(room, learner) }
  }

  async function viewTeacher(learner: string) {
    const instructor = await rooms.isInstructor(learner)
    const own = instructor ? rooms.all().filter((room) => room.teachers.includes(learner)) : []
    const workshops = own.toSorted((a, b) => b.record.starts_at - a.record.starts_at).map(describe.summary)
    return { instructor, name: instructor ? rooms.nameAs(learner) : null, workshops }
  }

  const about = { schema: { response: { 200: teachView, ...refusals } } }
  app.get('/api/teach', about, async (request, reply) => viewTeacher(cookies.welcome(request, reply)))

  const prove = { schema: { body: proveInstructor, response: { 200: teachView, ...refusals } } }
  app.post('/api/teach', prove, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    const { key, name } = request.body
    await teaching.prove(learner, key, name, networkOf(request.ip))
    return await viewTeacher(learner)
  })

  const together = { schema: { body: joinTeaching, response: { 200: workshopView, ...refusals } } }
  app.post('/api/teach/with', together, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    const { key, name } = request.body
    const room = await teaching.prove(learner, key, name, networkOf(request.ip))
    if (!room) throw new Refusal('WORKSHOP_UNKNOWN', 'You may teach here now, but this link was for no workshop.')
    return describe.forTeacher(room, learner)
  })

  const plan = { schema: { body: planWorkshop, response: { 201: workshopView, ...refusals } } }
  app.post('/api/workshops', plan, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    const room = await planning.plan(learner, request.body)
    return await reply.code(201).send(describe.forTeacher(room, learner))
  })

  const view = { params: workshopParams, response: { 200: workshopView, ...refusals } }
  app.get('/api/workshops/:id', { schema: view }, async (request) => taught(request).view())

  app.patch('/api/workshops/:id', { schema: { ...view, body: changeWorkshop } }, async (request) => {
    const { room, by, view } = taught(request)
    await planning.change(room, request.body, by)
    return view()
  })

  const gone = { params: workshopParams, response: { 204: z.null(), ...refusals } }
  app.delete('/api/workshops/:id', { schema: gone }, async (request, reply) => {
    const { room, learner } = taught(request)
    if (room.record.learner !== learner)
      throw new Refusal('FORBIDDEN', 'Only whoever planned a workshop can remove it. You may end it.')
    await rooms.remove(room)
    return await reply.code(204).send(null)
  })

  app.post('/api/workshops/:id/state', { schema: { ...view, body: moveWorkshop } }, async (request) => {
    const { room, by, view } = taught(request)
    await planning.move(room, request.body.to, by)
    return view()
  })
  app.post('/api/workshops/:id/extend', { schema: { ...view, body: extendWorkshop } }, async (request) => {
    const { room, by, view } = taught(request)
    await planning.extend(room, request.body.minutes, by)
    return view()
  })
  app.post('/api/workshops/:id/code', { schema: view }, async (request) => {
    const { room, view } = taught(request)
    await planning.newCode(room)
    return view()
  })

  const invite = { params: workshopParams, response: { 200: teachingLink, ...refusals } }
  app.post('/api/workshops/:id/invite', { schema: invite }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return await classroom.teaching.invite(taught(request).room)
  })
}
