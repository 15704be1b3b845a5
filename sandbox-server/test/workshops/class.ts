/** A class over a fake engine: an instructor, learners who come in by the code, and sockets whose messages can be waited for. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { hear, type Heard } from '../../../tests/harness/heard.ts'
import { createLearner, type Answer, type Learner } from '../../../tests/harness/learner.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { liveEvent, type LiveEvent } from '../../src/contract/workshop-live.ts'
import type { DeedOfHelp, LogEntry } from '../../src/contract/workshop-log.ts'
import { wallEvent, type WallEvent, type WallLearner } from '../../src/contract/workshop-wall.ts'
import { memberView, workshopView, type MemberView, type WorkshopView } from '../../src/contract/workshops.ts'
import { openTestApp, type TestApp, type TestAppOptions } from '../open-test-app.ts'
import { createSampleQuiz } from '../sample-quiz.ts'
import { createSampleLab } from '../test-labs.ts'

export const lab = 'layers/sample'
export const otherLab = 'layers/other'

export function expectRefusal(given: Answer, code: ErrorCode, says: string | RegExp = '') {
  const { error } = errorBody.parse(given.body)
  expect([given.status, error.code, error.message]).toEqual([errors[code].status, code, expect.stringMatching(says)])
}

export const openSchool = (options: TestAppOptions = {}) =>
  openTestApp({
    labs: [createSampleLab(lab), createSampleLab(otherLab)],
    quizzes: new Map([[lab, createSampleQuiz()]]),
    ...options,
  })

export async function printLink(server: TestApp, first = false): Promise<string | null> {
  const key = readFileSync(path.join(server.state, 'operator.key'), 'utf8')
  const operator = createLearner(server.url)
  const { body } = await operator.request<{ link: { url: string } | null }>(
    'POST',
    '/api/operator/instructor',
    { first },
    { authorization: `Bearer ${key}` },
  )
  return body.link?.url ?? null
}

export const keyOf = (link: string | null) => link?.replace(/^.*=/, '') ?? ''

export async function createInstructor(server: TestApp, name = 'Ines'): Promise<Learner> {
  const instructor = createLearner(server.url)
  const answer = await instructor.request('POST', '/api/teach', { key: keyOf(await printLink(server)), name })
  expect(answer.status).toBe(200)
  return instructor
}

export const wish = (change: object = {}) => ({
  ...{ title: 'Images', labs: [lab, otherLab], starts_at: Date.now() + 60_000, zone: 'Europe/Berlin', minutes: 180 },
  ...{ size: 20, hints_open: true, solutions_open: false, continue_days: 7, ...change },
})

export async function plan(instructor: Learner, change: object = {}): Promise<WorkshopView> {
  const answer = await instructor.request('POST', '/api/workshops', wish(change))
  expect(answer.status).toBe(201)
  return workshopView.parse(answer.body)
}

export const move = async (instructor: Learner, id: string, to: string) => {
  const answer = await instructor.request('POST', `/api/workshops/${id}/state`, { to })
  expect(answer.status).toBe(200)
  return workshopView.parse(answer.body)
}

export async function join(server: TestApp, code: string | null, name: string) {
  const learner = createLearner(server.url)
  const answer = await learner.request('POST', '/api/join', { code, name })
  expect(answer.status).toBe(200)
  return { learner, member: memberView.parse(answer.body) }
}

/** A class that runs, with these learners in it. */
export async function openClass(names: readonly string[], change: object = {}, options: TestAppOptions = {}) {
  const server = await openSchool(options)
  server.engine.onNode = (node) => node.answers.set('/done', [])
  const instructor = await createInstructor(server)
  const workshop = await plan(instructor, change)
  const learners: { learner: Learner; member: MemberView }[] = []
  for (const name of names) learners.push(await join(server, workshop.code, name))
  await move(instructor, workshop.id, 'running')
  const [first] = learners
  const post = (path: string, body?: unknown) =>
    instructor.request('POST', `/api/workshops/${workshop.id}${path}`, body)
  return {
    ...{ server, instructor, workshop, id: workshop.id, learners, first: first!, post },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

export const openLive = (who: Learner, id: string): Promise<Heard<LiveEvent>> =>
  hear(who, `/api/workshops/${id}/live`, (json) => liveEvent.parse(json))

/** The first of the log that is of this kind, wherever in an event it comes: what was said before the page came is one event. */
export async function findEntry(live: Heard<LiveEvent>, kind: DeedOfHelp['kind']): Promise<LogEntry> {
  const match = (event: LiveEvent) =>
    event.type === 'log' ? event.entries.find(({ what }) => what.kind === kind) : undefined
  return match(await live.find((event) => match(event) !== undefined))!
}

/** `tile`: what the wall said of a learner when it was so first; among what it has said from the event number `from` on. */
export async function openWall(who: Learner, id: string) {
  const heard = await hear<WallEvent>(who, `/api/workshops/${id}/wall/live`, (json) => wallEvent.parse(json))
  // What is said before the first picture is a part of it, and comes no second time.
  await heard.find((event) => event.type === 'wall')
  const tilesOf = (event: WallEvent) => (event.type === 'wall' || event.type === 'learners' ? event.learners : [])
  return {
    ...heard,
    async tile(name: string, wanted: (tile: WallLearner) => boolean, from = 0): Promise<WallLearner> {
      const match = (event: WallEvent) => tilesOf(event).find((tile) => tile.name === name && wanted(tile))
      const isIt = (event: WallEvent) => match(event) !== undefined && heard.all.indexOf(event) >= from
      return match(await heard.find(isIt))!
    },
  }
}

export const send = (heard: Heard<unknown>, command: object) => heard.socket.send(JSON.stringify(command))
