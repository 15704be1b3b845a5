/** For instructors while a workshop runs: the wall, and what they do for one learner or for all. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { askAll } from '../../contract/workshop-live.ts'
import * as log from '../../contract/workshop-log.ts'
import { quizState, wallCommand, wallEvent, type WallEvent, type WallLearner } from '../../contract/workshop-wall.ts'
import { rehearsal, workshopReport } from '../../contract/workshop-report.ts'
import { memberId, workshopView } from '../../contract/workshops.ts'
import { Refusal } from '../../refusal.ts'
import type { Classroom } from '../../workshops/classroom.ts'
import { followLog } from '../../workshops/follow-log.ts'
import { writeCsv } from '../../workshops/report.ts'
import type { Room } from '../../workshops/room.ts'
import { openClassSocket } from '../class-socket.ts'
import { refusals, type App, type RouteContext } from '../context.ts'
import { workshopParams } from './teach-routes.ts'

const memberParams = workshopParams.extend({ member: memberId })
/** Milliseconds between two looks at the class. */
const lookEvery = 300
/** Entries of the log that a wall begins with. */
const latest = 200

export function registerWallRoutes(app: App, { cookies, logger }: RouteContext, classroom: Classroom): void {
  const { rooms, describe, helping, quizToAll, attending } = classroom
  const taught = (request: FastifyRequest & { params: { id: string } }) => {
    const learner = cookies.require(request)
    return { learner, room: rooms.taught(learner, request.params.id), by: rooms.nameAs(learner) }
  }
  const helpedOne = (request: FastifyRequest & { params: { id: string; member: string } }) => {
    const asked = taught(request)
    return { ...asked, member: rooms.member(asked.room, request.params.member) }
  }

  async function picture(room: Room, learner: string) {
    const answers = new Set((await quizToAll.answersOf(room)).map((each) => each.member))
    const { learners, columns } = await classroom.wall(room, learner, answers)
    const quiz = await quizToAll.forTeacher(room)
    // Last, or it could be older than what an instructor has been answered meanwhile.
    return { workshop: describe.forTeacher(room, learner), learners, columns, quiz }
  }

  const wall = { schema: { params: workshopParams, response: { 200: wallEvent, ...refusals } } }
  app.get('/api/workshops/:id/wall', wall, async (request) => {
    const { room, learner } = taught(request)
    return { type: 'wall' as const, ...(await picture(room, learner)), log: await room.log({ most: latest }) }
  })

  const live = {
    websocket: true as const,
    schema: { params: workshopParams },
    preValidation: async (request: FastifyRequest) => void cookies.require(request),
  }
  app.get('/api/workshops/:id/wall/live', live, (socket, request) => {
    const opened = openClassSocket<WallEvent, typeof wallCommand>(socket, {
      ...{ schema: wallCommand, logger },
      onCommand: () => Promise.resolve(),
    })
    let timer: NodeJS.Timeout | undefined
    opened.run(async () => {
      const { room, learner } = taught(request)
      const told = new Map<string, string>()
      const fresh = (learners: readonly WallLearner[]) =>
        learners.filter((each) => {
          const text = JSON.stringify(each)
          const isNew = told.get(each.id) !== text
          told.set(each.id, text)
          return isNew
        })
      const unsubscribe = room.events.subscribe((event) => {
        if (event.type === 'gone') opened.close(new Refusal('WORKSHOP_UNKNOWN'))
        // Whoever has changed it was answered how it was then, and it may be again as it was told last.
        else if (event.type === 'changed' && event.member === null) opened.forget('workshop')
      })
      const followed = followLog(room, { most: latest })
      opened.signal.addEventListener('abort', () => {
        unsubscribe()
        followed.stop()
        clearTimeout(timer)
      })
      const first = await picture(room, learner)
      fresh(first.learners)
      await followed.begin(
        (before) => opened.tell({ type: 'wall', ...first, log: before }),
        (entry) => opened.tell({ type: 'log', entry }),
      )

      const look = async () => {
        // Each time anew: whoever does not teach here any more sees no more.
        const asked = taught(request)
        const { workshop, learners, columns, quiz } = await picture(asked.room, asked.learner)
        if (opened.signal.aborted) return
        const ids = new Set(learners.map(({ id }) => id))
        const left = [...told.keys()].filter((id) => !ids.has(id))
        for (const id of left) told.delete(id)
        if (left.length > 0) opened.tell({ type: 'left', ids: left })
        const changed = fresh(learners)
        if (changed.length > 0) opened.tell({ type: 'learners', learners: changed })
        opened.tellNew({ type: 'workshop', workshop })
        opened.tellNew({ type: 'columns', columns })
        opened.tellNew({ type: 'quiz', quiz })
        timer = setTimeout(() => opened.run(look), lookEvery)
      }
      await look()
    })
  })

  const entries = {
    params: workshopParams,
    querystring: log.logQuery,
    response: { 200: z.array(log.logEntry), ...refusals },
  }
  app.get('/api/workshops/:id/log', { schema: entries }, async (request) => {
    const learner = cookies.require(request)
    const { after } = request.query
    const own = rooms.all().find((room) => room.id === request.params.id && room.teachers.includes(learner))
    if (own) return await own.log({ after, most: 500 })
    const { room, member } = rooms.attended(learner, request.params.id)
    return await room.log({ after, member: member.id, most: 500 })
  })

  const report = { schema: { params: workshopParams, response: { 200: workshopReport, ...refusals } } }
  app.get('/api/workshops/:id/report', report, async (request) => classroom.report(taught(request).room))
  app.get('/api/workshops/:id/report.csv', { schema: { params: workshopParams } }, async (request, reply) => {
    const { room } = taught(request)
    const table = writeCsv(await classroom.report(room))
    reply
      .header('content-disposition', `attachment; filename="workshop-${room.id}.csv"`)
      .header('cache-control', 'no-store')
    return await reply.type('text/csv; charset=utf-8').send(table)
  })

  const rehearsed = { params: workshopParams, response: { 200: rehearsal, 204: z.null(), ...refusals } }
  app.post('/api/workshops/:id/rehearsal', { schema: rehearsed }, async (request) =>
    classroom.rehearse.begin(taught(request).room),
  )
  app.get('/api/workshops/:id/rehearsal', { schema: rehearsed }, async (request, reply) => {
    const known = classroom.rehearse.get(taught(request).room)
    return known ?? (await reply.code(204).send(null))
  })
  app.delete('/api/workshops/:id/rehearsal', { schema: rehearsed }, async (request, reply) => {
    const { room } = taught(request)
    await classroom.rehearse.stop(room)
    return classroom.rehearse.get(room) ?? (await reply.code(204).send(null))
  })

  const forAll = { params: workshopParams, response: { 200: log.helped, ...refusals } }
  const at = '/api/workshops/:id'
  app.post(`${at}/broadcast`, { schema: { ...forAll, body: log.broadcast } }, async (request) => {
    const { room, by } = taught(request)
    return await helping.say(room, by, request.body)
  })
  app.post(`${at}/follow`, { schema: { ...forAll, body: log.lead } }, async (request) => {
    const { room, by } = taught(request)
    return await helping.lead(room, by, request.body.place)
  })
  const lock = { params: workshopParams, body: log.setLocks, response: { 200: workshopView, ...refusals } }
  app.post(`${at}/locks`, { schema: lock }, async (request) => {
    const { room, learner, by } = taught(request)
    await helping.lock(room, by, request.body)
    return describe.forTeacher(room, learner)
  })
  const bring = { params: workshopParams, body: log.catchUpMembers, response: { 200: log.caughtUp, ...refusals } }
  app.post(`${at}/catch-up`, { schema: bring }, async (request) => {
    const { room, by } = taught(request)
    return { begun: await classroom.catchUp(room, by, request.body) }
  })
  app.post(`${at}/members/admit`, { schema: forAll }, async (request) => {
    const { room, by } = taught(request)
    for (const member of [...room.members.values()])
      if (member.state === 'waiting') await helping.admit(room, by, member)
    return { n: null }
  })

  const forOne = { params: memberParams, response: { 200: log.helped, ...refusals } }
  const one = `${at}/members/:member`
  app.post(`${one}/admit`, { schema: forOne }, async (request) => {
    const { room, by } = taught(request)
    await helping.admit(room, by, rooms.anyMember(room, request.params.member))
    return { n: null }
  })
  app.patch(one, { schema: { ...forOne, body: log.renameMember } }, async (request) => {
    const { room, by, member } = helpedOne(request)
    await helping.rename(room, by, member, request.body.name)
    return { n: null }
  })
  app.delete(one, { schema: forOne }, async (request) => {
    const { room, by, member } = helpedOne(request)
    await helping.remove(room, by, member)
    return { n: null }
  })
  app.post(`${one}/hint`, { schema: { ...forOne, body: log.giveHint } }, async (request) => {
    const { room, by, member } = helpedOne(request)
    return await helping.hint(room, by, member, request.body)
  })
  app.post(`${one}/highlight`, { schema: { ...forOne, body: log.highlight } }, async (request) => {
    const { room, by, member } = helpedOne(request)
    return await helping.highlight(room, by, member, request.body)
  })
  // A character may take six bytes in JSON.
  app.post(`${one}/file`, { schema: { ...forOne, body: log.handFile }, bodyLimit: 700_000 }, async (request) => {
    const { room, by, member } = helpedOne(request)
    return await helping.file(room, by, member, request.body)
  })
  app.post(`${one}/typing`, { schema: forOne }, async (request) => {
    const { room, learner, member } = helpedOne(request)
    await attending.ask(room, learner, member)
    return { n: null }
  })
  app.delete(`${one}/typing`, { schema: forOne }, async (request) => {
    const { room, learner, member } = helpedOne(request)
    await attending.giveBack(room, learner, member)
    return { n: null }
  })

  const quiz = { params: workshopParams, response: { 200: quizState, ...refusals } }
  const tellQuiz = async (room: Room) => {
    const state = await quizToAll.forTeacher(room)
    if (!state) throw new Refusal('QUESTION_UNKNOWN')
    return state
  }
  app.post(`${at}/quiz`, { schema: { ...quiz, body: askAll } }, async (request) => {
    const { room, by } = taught(request)
    await quizToAll.ask(room, by, request.body.lesson, request.body.question)
    return await tellQuiz(room)
  })
  app.delete(`${at}/quiz`, { schema: quiz }, async (request) => {
    const { room, by } = taught(request)
    await quizToAll.close(room, by)
    return await tellQuiz(room)
  })
}
