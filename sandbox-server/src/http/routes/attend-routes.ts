/** For learners: come into a workshop by its code, be there, answer what is asked of all, leave. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answerAll, liveCommand, type LiveEvent } from '../../contract/workshop-live.ts'
import { quizState } from '../../contract/workshop-wall.ts'
import { joinCode, joinWorkshop, memberView, workshopDoor } from '../../contract/workshops.ts'
import { networkOf } from '../../learners/network-address.ts'
import { Refusal } from '../../refusal.ts'
import type { Classroom } from '../../workshops/classroom.ts'
import { followLog } from '../../workshops/follow-log.ts'
import { isTyping } from '../../workshops/room.ts'
import { openClassSocket } from '../class-socket.ts'
import { refusals, type App, type RouteContext } from '../context.ts'
import { workshopParams } from './teach-routes.ts'

/** Entries of the log that a page begins with. */
const latest = 50
/** Pages that one learner may have open. */
const maxPages = 12
/** Milliseconds between two looks at who types: that somebody stopped is no event. */
const typingLook = 1000

export function registerAttendRoutes(app: App, context: RouteContext, classroom: Classroom): void {
  const { cookies, logger } = context
  const { rooms, joining, describe, attending, quizToAll } = classroom
  const attended = (request: FastifyRequest & { params: { id: string } }) =>
    rooms.attended(cookies.require(request), request.params.id)

  const look = { schema: { body: joinCode, response: { 200: workshopDoor, ...refusals } } }
  app.post('/api/join/look', look, async (request, reply) => {
    const learner = cookies.welcome(request, reply)
    return joining.look(request.body.code, { learner, network: networkOf(request.ip) })
  })

  const join = { schema: { body: joinWorkshop, response: { 200: memberView, ...refusals } } }
  app.post('/api/join', join, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    const { code, name } = request.body
    const { room, member } = await joining.join(code, name, { learner, network: networkOf(request.ip) })
    return describe.forMember(room, member)
  })

  const mine = { schema: { response: { 200: z.array(memberView), ...refusals } } }
  app.get('/api/workshops/mine', mine, async (request, reply) => {
    const learner = cookies.welcome(request, reply)
    return rooms
      .all()
      .flatMap((room) => {
        const member = room.memberOf(learner)
        return member && member.state !== 'removed' ? [{ room, member }] : []
      })
      .toSorted((a, b) => b.member.joined_at - a.member.joined_at)
      .map(({ room, member }) => describe.forMember(room, member))
  })

  const leave = { schema: { params: workshopParams, response: { 204: z.null(), ...refusals } } }
  app.delete('/api/workshops/:id/mine', leave, async (request, reply) => {
    const { room, member } = attended(request)
    await joining.leave(room, member)
    return await reply.code(204).send(null)
  })

  const answer = { schema: { params: workshopParams, body: answerAll, response: { 200: quizState, ...refusals } } }
  app.post('/api/workshops/:id/quiz/answers', answer, async (request) => {
    const { room, member } = attended(request)
    await quizToAll.answer(room, member, request.body.quiz, request.body.answer)
    const { quiz } = await quizToAll.forMember(room, member)
    if (!quiz) throw new Refusal('QUESTION_UNKNOWN')
    return quiz
  })

  const live = {
    websocket: true as const,
    schema: { params: workshopParams },
    preValidation: async (request: FastifyRequest) => void cookies.require(request),
  }
  app.get('/api/workshops/:id/live', live, (socket, request) => {
    const opened = openClassSocket<LiveEvent, typeof liveCommand>(socket, {
      ...{ schema: liveCommand, logger },
      async onCommand(command) {
        const { room, member } = attended(request)
        if (command.type === 'hand') await attending.raise(room, member, command.up, command.note)
        else if (command.type === 'consent') await attending.answer(room, member, command.instructor, command.given)
      },
    })
    opened.run(async () => {
      const { room, member } = attended(request)
      if (member.pages >= maxPages) throw new Refusal('TOO_MANY', 'This workshop is open in too many windows.')
      const { id } = member
      const followed = followLog(room, { member: id, most: latest })
      const tellHelp = () => {
        const looks = [...room.looks].filter((look) => look.member === id)
        const typist = looks.find((look) => isTyping(look, context.now()))
        const typing = [...(room.consents.get(id) ?? [])]
        opened.tellNew({
          type: 'help',
          looking: looks.map((look) => ({ name: rooms.nameAs(look.teacher), terminal: look.terminal })),
          typing: typing.map(([teacher, { number, is }]) => ({ instructor: number, name: rooms.nameAs(teacher), is })),
          typist: typist ? { name: rooms.nameAs(typist.teacher), terminal: typist.terminal } : null,
        })
      }
      let tellingQuiz = Promise.resolve()
      // One after the other: what was read sooner must not be told last.
      const tellQuiz = () =>
        (tellingQuiz = tellingQuiz.then(async () =>
          opened.tellNew({ type: 'quiz', ...(await quizToAll.forMember(room, attended(request).member)) }),
        ))
      const tellAll = () =>
        opened.run(async () => {
          // Whoever was removed, or has become another learner meanwhile, hears no more.
          const now = attended(request)
          if (now.member.id !== id) throw new Refusal('WORKSHOP_UNKNOWN')
          opened.tellNew({ type: 'member', member: describe.forMember(room, now.member) })
          tellHelp()
        })
      const unsubscribe = room.events.subscribe((event) => {
        if (event.type === 'gone') return opened.close(new Refusal('WORKSHOP_UNKNOWN'))
        if (event.type === 'entry') {
          if (event.member === id) tellHelp()
        } else if (event.type === 'quiz') opened.run(tellQuiz)
        else if (event.member === null || event.member === id) tellAll()
      })
      const timer = setInterval(tellHelp, typingLook)
      const leave = attending.arrive(room, member)
      opened.signal.addEventListener('abort', () => {
        unsubscribe()
        followed.stop()
        clearInterval(timer)
        leave()
      })
      tellAll()
      await followed.begin(
        (entries) => opened.tell({ type: 'log', entries }),
        (entry) => opened.tell({ type: 'log', entries: [entry] }),
      )
      await tellQuiz()
    })
  })
}
