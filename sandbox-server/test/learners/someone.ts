/** A learner with something of everything: a lab that ended with work kept and a hint taken, answers, a code; and how to look at the whole database. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import type { LearnerExport } from '../../src/contract/learner-export.ts'
import { connect } from '../../src/database/open-database.ts'
import { openTestApp, type TestApp } from '../open-test-app.ts'
import { createSampleBank } from '../sample-bank.ts'
import { createSampleQuiz } from '../sample-quiz.ts'
import { createSampleLab } from '../test-labs.ts'

export const lab = 'layers/sample'
export const otherLab = 'layers/other'
export const questions = '/api/quizzes/layers/sample'

export const openServer = (env: Record<string, string> = {}) =>
  openTestApp({
    env,
    labs: [createSampleLab(lab), createSampleLab(otherLab)],
    quizzes: new Map([['layers/sample', createSampleQuiz()]]),
    bank: createSampleBank(),
  })

/** Starts a lab, takes a hint, passes `build`, and leaves it running. */
export async function work(server: TestApp, learner: Learner, id = lab): Promise<string> {
  server.engine.onNode = (each) => each.answers.set('/done', [])
  const { id: session } = await learner.start(id)
  await learner.task(session, 'build', (task) => task.outcome?.status === 'fail')
  const node = server.engine.node(session)
  await learner.request('POST', `/api/sessions/${session}/tasks/build/hints`)
  node.answers.set('/done', ['build'])
  node.emit({ Type: 'image', Action: 'tag', Actor: { Attributes: { name: 'shop' } } })
  await learner.task(session, 'build', (task) => task.done)
  return session
}

/** The lab ends, and all of it is stored. */
export async function finish(learner: Learner, session: string): Promise<void> {
  const events = await learner.events(session)
  await learner.end(session)
  await events.find((event) => event.type === 'session' && event.session.state === 'gone')
}

export const answer = (learner: Learner, id: string, option = 'iron') =>
  learner.request('POST', `${questions}/which/answers`, { id, answer: { form: 'single', option } })

/** Agrees that mistakes become cards, answers a question of the bank, and holds an interview of one answer. */
export async function practise(learner: Learner): Promise<void> {
  await learner.request('PUT', '/api/practice/collect', { collect: true })
  const given = {
    id: randomUUID(),
    item: 'bank:layers-one',
    turn: 0,
    answer: { form: 'single', option: 'iron' },
    ms: 1,
  }
  expect((await learner.request('POST', '/api/practice/answers', given)).status).toBe(200)
  const wish = { topics: ['layers'], level: 'mid', minutes: 15 }
  const { body } = await learner.request<{ id: string }>('POST', '/api/interviews', wish)
  await learner.request('POST', `/api/interviews/${body.id}/answers`, { id: randomUUID(), turn: 0, answer: null })
  expect((await learner.request('POST', `/api/interviews/${body.id}/end`)).status).toBe(200)
}

export async function createSomeone(server: TestApp): Promise<Learner> {
  const learner = createLearner(server.url)
  await finish(learner, await work(server, learner))
  expect((await answer(learner, randomUUID())).status).toBe(200)
  await practise(learner)
  return learner
}

/** Without what differs from moment to moment. */
export async function exportOf(learner: Learner): Promise<Omit<LearnerExport, 'exported_at'>> {
  const { status, body } = await learner.request<LearnerExport>('GET', '/api/learner/export')
  expect(status).toBe(200)
  const { exported_at: _now, ...rest } = body
  return rest
}

type Rows = Kysely<Record<string, Record<string, unknown>>>

/** The server's database beside the server, whichever it is. */
export async function openBeside(server: TestApp) {
  const db = connect(server.database, () => undefined) as unknown as Rows
  const tables = await db.introspection.getTables()
  const columnsOf = (table: string) => tables.find(({ name }) => name === table)?.columns ?? []
  const has = (table: string, column: string) => columnsOf(table).some(({ name }) => name === column)
  const names = tables.map(({ name }) => name)
  const rows = (table: string) => db.selectFrom(table).selectAll().execute()
  return {
    db,
    rows,
    columnsOf,
    /** All that hold something of a learner: by its id or by the id of a session. */
    ofLearners: names.filter((table) => table === 'learners' || has(table, 'learner') || has(table, 'session')),
    /** By table, all there is as text. */
    async dump(): Promise<Record<string, string>> {
      const all: Record<string, string> = {}
      for (const table of names) all[table] = JSON.stringify(await rows(table))
      return all
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}
