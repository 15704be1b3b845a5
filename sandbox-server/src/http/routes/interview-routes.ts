/** Mock interviews: begin one, answer one question after the other, and read the report. */
import { z } from 'zod'
import {
  beginInterview,
  beginLive,
  interviewList,
  interviewReport,
  interviewView,
  rateInterview,
  sendInterview,
} from '../../contract/interviews.ts'
import type { Interviews } from '../../interviews/interviews.ts'
import { networkOf } from '../../learners/network-address.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const params = z.object({ id: z.string().max(100) })
const answersView = { response: { 200: interviewView, ...refusals } }

export function registerInterviewRoutes(
  app: App,
  { cookies, access, learners }: RouteContext,
  interviews: Interviews,
): void {
  app.get('/api/interviews', { schema: { response: { 200: interviewList, ...refusals } } }, async (request, reply) =>
    interviews.list(cookies.welcome(request, reply)),
  )

  const begin = { schema: { body: beginInterview, response: { 201: interviewView, ...refusals } } }
  app.post('/api/interviews', begin, async (request, reply) => {
    const learner = await cookies.enrol(request, reply)
    return await reply.code(201).send(await interviews.begin(learner, request.body))
  })

  app.get('/api/interviews/:id', { schema: { params, ...answersView } }, async (request) =>
    interviews.look(cookies.require(request), request.params.id),
  )

  app.post(
    '/api/interviews/:id/answers',
    { schema: { params, body: sendInterview, ...answersView } },
    async (request) => interviews.answer(cookies.require(request), request.params.id, request.body),
  )

  app.put('/api/interviews/:id/points', { schema: { params, body: rateInterview, ...answersView } }, async (request) =>
    interviews.rate(cookies.require(request), request.params.id, request.body.turn, request.body.points),
  )

  app.post('/api/interviews/:id/live', { schema: { params, body: beginLive, ...answersView } }, async (request) => {
    const learner = cookies.require(request)
    if (access.mark !== null && !(await learners.isAdmitted(learner, access.mark))) throw new Refusal('ACCESS_CODE')
    return interviews.beginLive(learner, request.params.id, request.body, networkOf(request.ip))
  })

  app.post('/api/interviews/:id/end', { schema: { params, ...answersView } }, async (request) =>
    interviews.end(cookies.require(request), request.params.id),
  )

  const report = { schema: { params, response: { 200: interviewReport, ...refusals } } }
  app.get('/api/interviews/:id/report', report, async (request) =>
    interviews.report(cookies.require(request), request.params.id),
  )
}
