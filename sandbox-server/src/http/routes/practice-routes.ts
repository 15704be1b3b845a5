/** Practice: what is due, the next thing to answer, what is said to the answer, and whether mistakes become cards. */
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import {
  collectCards,
  lookAtPractice,
  nextItem,
  nextItemView,
  practiceOverview,
  practiceVerdict,
  ratePractice,
  sendPractice,
} from '../../contract/practice.ts'
import type { Practice } from '../../practice/practice.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

export function registerPracticeRoutes(app: App, { cookies }: RouteContext, practice: Practice): void {
  const look = { schema: { querystring: lookAtPractice, response: { 200: practiceOverview, ...refusals } } }
  app.get('/api/practice', look, async (request, reply) =>
    practice.overview(cookies.welcome(request, reply), request.query.offset),
  )

  const next = { schema: { querystring: nextItem, response: { 200: nextItemView, ...refusals } } }
  app.get('/api/practice/next', next, async (request, reply) => {
    const { of, seed = randomInt(0xffff_ffff), ...wish } = request.query
    return practice.next(cookies.welcome(request, reply), of, wish, seed)
  })

  const send = { schema: { body: sendPractice, response: { 200: practiceVerdict, ...refusals } } }
  app.post('/api/practice/answers', send, async (request, reply) =>
    practice.answer(await cookies.enrol(request, reply), request.body),
  )

  const rate = { schema: { body: ratePractice, response: { 200: practiceVerdict, ...refusals } } }
  app.put('/api/practice/points', rate, async (request) =>
    practice.rate(cookies.require(request), request.body.id, request.body.points),
  )

  const choose = { schema: { body: collectCards, response: { 204: z.null(), ...refusals } } }
  app.put('/api/practice/collect', choose, async (request, reply) => {
    await practice.collect(await cookies.enrol(request, reply), request.body.collect)
    return await reply.code(204).send(null)
  })
}
