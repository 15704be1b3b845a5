/** Sessions: begin, look at, prolong, begin anew, end; and their terminals' list. */
import { z } from 'zod'
import {
  continueSession,
  createSession,
  debriefView,
  openTerminal,
  renameTerminal,
  sessionView,
  terminalView,
} from '../../contract/sessions.ts'
import { findTask } from '../../grading/lab.ts'
import { networkOf } from '../../learners/network-address.ts'
import { Refusal } from '../../refusal.ts'
import { isUsable } from '../../sessions/states.ts'
import { mainTerminal } from '../../terminals/terminal-list.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export const sessionParams = z.object({ id: z.string().max(100) })
const terminalParams = z.object({ id: z.string().max(100), terminal: z.string().max(100) })
const answersSession = { params: sessionParams, response: { 200: sessionView, ...refusals } }

export function registerSessionRoutes(
  app: App,
  { sessions, cookies, access, learners, classroom }: RouteContext,
): void {
  const list = { schema: { response: { 200: z.array(sessionView), ...refusals } } }
  app.get('/api/sessions', list, async (request, reply) => sessions.ofLearner(cookies.welcome(request, reply)))

  const create = { schema: { body: createSession, response: { 200: sessionView, 201: sessionView, ...refusals } } }
  app.post('/api/sessions', create, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    const known = access.mark === null || (await learners.isAdmitted(learner, access.mark))
    if (!known && !classroom.rules.admits(learner, request.body.lab)) throw new Refusal('ACCESS_CODE')
    const { session, created } = await sessions.create(learner, request.body, networkOf(request.ip))
    return await reply.code(created ? 201 : 200).send(session)
  })

  app.get('/api/sessions/:id', { schema: answersSession }, async (request) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    return session.view()
  })

  /** Answers at once; the end is told on the events socket. */
  app.delete('/api/sessions/:id', { schema: answersSession }, async (request) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    void sessions.end(session.id, 'You ended this lab.')
    return session.view()
  })

  app.post('/api/sessions/:id/extend', { schema: answersSession }, async (request) => {
    const live = await sessions.find(cookies.require(request), request.params.id)
    await sessions.extend(live)
    return live.session.view()
  })

  app.post('/api/sessions/:id/reset', { schema: answersSession }, async (request) => {
    const live = await sessions.find(cookies.require(request), request.params.id)
    sessions.reset(live)
    return live.session.view()
  })

  const goOn = { schema: { params: sessionParams, body: continueSession, response: { 200: sessionView, ...refusals } } }
  app.post('/api/sessions/:id/continue', goOn, async (request) => {
    const live = await sessions.find(cookies.require(request), request.params.id)
    const task = findTask(live.session.lab, request.body.task)
    if (!task) throw new Refusal('TASK_UNKNOWN')
    classroom.rules.requireTask(live.session.learner, live.session.lab.id, task.id, 'continue')
    await sessions.continueFrom(live, task.id)
    return live.session.view()
  })

  const debrief = { schema: { params: sessionParams, response: { 200: debriefView, ...refusals } } }
  app.get('/api/sessions/:id/debrief', debrief, async (request) =>
    sessions.debrief(await sessions.find(cookies.require(request), request.params.id)),
  )

  const open = {
    schema: { params: sessionParams, body: openTerminal, response: { 201: terminalView, ...refusals } },
  }
  app.post('/api/sessions/:id/terminals', open, async (request, reply) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    const { node } = request.body
    if (!session.nodes.some((candidate) => candidate.name === node))
      throw new Refusal('BAD_REQUEST', `This lab has no ${node}.`)
    return await reply.code(201).send(session.addTerminal(node))
  })

  const rename = {
    schema: { params: terminalParams, body: renameTerminal, response: { 200: terminalView, ...refusals } },
  }
  app.patch('/api/sessions/:id/terminals/:terminal', rename, async (request) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    return session.renameTerminal(request.params.terminal, request.body.title)
  })

  /** Hangs up the shell; the next who attaches begins another one. */
  const restart = { schema: { params: terminalParams, response: { 200: terminalView, ...refusals } } }
  app.post('/api/sessions/:id/terminals/:terminal/restart', restart, async (request) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    const terminal = session.terminals.find(request.params.terminal)
    if (!terminal) throw new Refusal('TERMINAL_UNKNOWN')
    if (!isUsable(session.state)) throw new Refusal('SESSION_NOT_READY')
    await session.nodes.find((node) => node.name === terminal.node)?.closeTerminal(terminal.id)
    return terminal
  })

  const close = { schema: { params: terminalParams, response: { 200: sessionView, ...refusals } } }
  app.delete('/api/sessions/:id/terminals/:terminal', close, async (request) => {
    const { session } = await sessions.find(cookies.require(request), request.params.id)
    const terminal = session.terminals.find(request.params.terminal)
    if (!terminal) throw new Refusal('TERMINAL_UNKNOWN')
    if (terminal.id === mainTerminal) throw new Refusal('FORBIDDEN', 'The first terminal of a lab stays open.')
    session.removeTerminal(terminal.id)
    await session.nodes.find((node) => node.name === terminal.node)?.closeTerminal(terminal.id)
    return session.view()
  })
}
