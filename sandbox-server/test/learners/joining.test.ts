/** Two browsers of one person: a code joins them without loss, once, and gives nobody else anything. */
import { expect, test } from 'vitest'
import { createLearner, type Answer, type Learner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { joinView, newCode, type LearnerSummary } from '../../src/contract/identity.ts'
import { createRecoveryCode } from '../../src/learners/recovery-code.ts'
import { eventually } from '../fake-runtime.ts'
import {
  answer,
  createSomeone,
  exportOf,
  finish,
  lab,
  openBeside,
  openServer,
  otherLab,
  questions,
  work,
} from './someone.ts'

function expectRefusal(given: Answer, code: ErrorCode, says: string | RegExp) {
  const { error } = errorBody.parse(given.body)
  expect([given.status, error.code]).toEqual([errors[code].status, code])
  expect(error.message).toMatch(says)
}
const makeCode = async (learner: Learner) =>
  newCode.parse((await learner.request('POST', '/api/learner/code')).body).code
const give = (learner: Learner, code: string) => learner.request<LearnerSummary>('POST', '/api/learner/join', { code })
const summaryOf = async (learner: Learner) => (await learner.request<LearnerSummary>('GET', '/api/learner')).body

test('what two browsers have is one after the code, and the same for both', async () => {
  await using server = await openServer()
  const [first, second] = [await createSomeone(server), await createSomeone(server)]
  await answer(first, 'answer-of-first', 'wood')
  await answer(second, 'answer-of-second', 'iron')
  const [a, b] = [await exportOf(first), await exportOf(second)]
  const code = await makeCode(first)

  const look = joinView.parse((await second.request('POST', '/api/learner/join/look', { code })).body)
  expect(look).toMatchObject({ here: { answers: 2 }, there: { answers: 2 }, ends: [] })
  expect(await exportOf(second)).toEqual(b)

  const joined = await give(second, code.toLowerCase().replaceAll('-', ' '))
  expect(joined.body).toMatchObject({
    known_since: Math.min(a.known_since ?? 0, b.known_since ?? 0),
    progress: { labs: 1, tasks_passed: 2, tries: 2, hints: 2 },
    sessions: { count: 2 },
    answers: 4,
    kept_work: [{ lab }, { lab }],
  })
  const all = await exportOf(first)
  expect(await exportOf(second)).toEqual(all)
  for (const part of ['progress', 'sessions', 'answers', 'kept_work'] as const) {
    const texts = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
    expect(texts(all[part])).toEqual(texts([...a[part], ...b[part]]))
  }
  // The first pass is the earlier one, and the answer that is shown the later one.
  const { body } = await second.request<{ labs: Record<string, { passed: Record<string, number> }> }>(
    'GET',
    '/api/progress',
  )
  expect(body.labs[lab]?.passed.build).toBe(
    Math.min(...all.progress.flatMap((row) => (row.task === 'build' ? (row.passed_at ?? []) : []))),
  )
  const quiz = await first.request<{ questions: { last: { id: string } | null }[] }>('GET', questions)
  expect(quiz.body.questions[0]?.last?.id).toBe('answer-of-second')

  // Again, and from the browser that made it, it changes nothing.
  for (const each of [second, first, second]) expect((await give(each, code)).status).toBe(200)
  expect(await exportOf(second)).toEqual(all)
  await server.reopen()
  expect(await exportOf(first)).toEqual(all)
})

test('work of both that was kept of one lab stays, newest first, until its time is over', async () => {
  await using server = await openServer()
  const [first, second] = [await createSomeone(server), await createSomeone(server)]
  const newest = (await exportOf(second)).kept_work[0]
  await give(second, await makeCode(first))
  const { kept_work: both } = await exportOf(first)
  expect(both).toHaveLength(2)
  expect(both[0]).toEqual(newest)
  const offered = await first.request<{ kept: { at: number } }>('GET', `/api/labs/${lab}`)
  expect(offered.body.kept.at).toBe(newest?.at)
  const { id } = await second.start(lab, { resume: true })
  expect(server.engine.node(id).archive).not.toBeNull()
})

test('labs of both go on; of the same lab the one in this browser does, and the other leaves its work', async () => {
  await using server = await openServer({ DRYDOCK_SESSIONS_PER_LEARNER: '2' })
  const [there, here] = [createLearner(server.url), createLearner(server.url)]
  const thereSame = await work(server, there)
  const thereOther = await work(server, there, otherLab)
  const mine = await work(server, here)
  const code = await makeCode(there)
  const look = joinView.parse((await here.request('POST', '/api/learner/join/look', { code })).body)
  expect(look.ends).toEqual([lab])
  expect(look.there.running.toSorted()).toEqual([otherLab, lab].toSorted())

  const events = await there.events(thereSame)
  await give(here, code)
  const ended = await events.find((event) => event.type === 'session' && event.session.state === 'gone')
  expect(ended).toMatchObject({ session: { reason: 'You went on with this lab in another browser.' } })
  for (const learner of [here, there]) {
    const { body } = await learner.request<{ id: string }[]>('GET', '/api/sessions')
    expect(body.map(({ id }) => id).toSorted()).toEqual([thereOther, mine].toSorted())
  }
  expect((await summaryOf(here)).kept_work).toMatchObject([{ session: thereSame }])
  // What is done from now on is the joined learner's, and a restart changes nothing of that.
  await server.reopen()
  await there.request('POST', `/api/sessions/${mine}/tasks/build/hints`)
  expect((await summaryOf(there)).progress).toMatchObject({ hints: 4 })
  expect((await here.start(lab)).id).toBe(mine)
  await finish(there, mine)
})

test('whoever has planted a cookie here has nothing of the learner who gives their code', async () => {
  await using server = await openServer()
  const victim = await createSomeone(server)
  const attacker = createLearner(server.url)
  await answer(attacker, 'bait-answer')
  const planted = await makeCode(attacker)
  const bait = await work(server, attacker, otherLab)
  const watching = await openSocket(attacker, `/api/sessions/${bait}/events`)
  const closed = new Promise<number>((resolve) => watching.on('close', resolve))
  const browser = createLearner(server.url)
  browser.cookie = attacker.cookie

  await give(browser, await makeCode(victim))
  expect(browser.cookie).not.toBe(attacker.cookie)
  expect(await closed).toBe(4409)
  // The cookie that the attacker still has opens nothing: not what was theirs, nor what is the victim's.
  expect(await attacker.request('GET', `/api/sessions/${bait}`)).toMatchObject({ status: 401 })
  const old = createLearner(server.url)
  old.cookie = attacker.cookie
  expect(await summaryOf(old)).toMatchObject({ known_since: null, answers: 0, running: [] })
  expect(old.cookie).not.toBe(attacker.cookie)
  // Nor does the code that they had made before.
  expectRefusal(await give(createLearner(server.url), planted), 'CODE_UNKNOWN', 'Nobody has this')
  await browser.end(bait)
})

test('a code is renewed and withdrawn; the database has a slow hash of it alone', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const old = await makeCode(learner)
  const code = await makeCode(learner)
  await using beside = await openBeside(server)
  const stored = Object.values(await beside.dump()).join()
  for (const each of [old, code]) {
    expect(stored).not.toContain(each)
    expect(stored).not.toContain(each.replaceAll('-', ''))
  }
  expectRefusal(await give(createLearner(server.url), old), 'CODE_UNKNOWN', 'renewed or withdrawn')
  expect((await give(createLearner(server.url), code)).status).toBe(200)
  expect((await summaryOf(learner)).code?.used_at).toBeGreaterThan(0)
  expect((await learner.request('DELETE', '/api/learner/code')).status).toBe(204)
  expect((await summaryOf(learner)).code).toBeNull()
  expectRefusal(await give(createLearner(server.url), code), 'CODE_UNKNOWN', 'renewed or withdrawn')
})

test('a slip is told and costs nothing; codes that nobody has are tried a few times only, by browser and by network', async () => {
  await using server = await openServer()
  const learner = createLearner(server.url)
  const right = await makeCode(await createSomeone(server))
  const slip = `${right.startsWith('A') ? 'B' : 'A'}${right.slice(1)}`
  for (let i = 0; i < 30; i++) expectRefusal(await give(learner, slip), 'BAD_REQUEST', /slip .*group by group/)
  for (const odd of ['x', 'U'.repeat(25), `${right}0`, '\u0000', "' or 1=1"])
    expectRefusal(await give(learner, odd), 'BAD_REQUEST', 'slip')
  // At once, so that counting only afterwards would let them all through.
  const many = await Promise.all(Array.from({ length: 12 }, () => give(learner, createRecoveryCode())))
  expect(many.filter((each) => each.status === 404)).toHaveLength(5)
  expect(many.filter((each) => each.status === 429)).toHaveLength(7)
  expectRefusal(await give(learner, right), 'TOO_MANY', 'ten minutes')
  for (let i = 0; i < 15; i++)
    expectRefusal(await give(createLearner(server.url), createRecoveryCode()), 'CODE_UNKNOWN', 'Nobody')
  expectRefusal(await give(createLearner(server.url), right), 'TOO_MANY', 'ten minutes')
  server.travel(600_001)
  expect((await give(learner, right)).status).toBe(200)
})

test('two browsers that give the same code at once both end up there', async () => {
  await using server = await openServer()
  const [owner, second, third] = [await createSomeone(server), await createSomeone(server), await createSomeone(server)]
  const code = await makeCode(owner)
  await Promise.all([give(second, code), give(third, code), give(second, code)])
  const all = await exportOf(owner)
  expect(all.answers).toHaveLength(3)
  expect(all.progress.reduce((sum, row) => sum + row.tries, 0)).toBe(3)
  for (const learner of [second, third]) {
    await eventually(async () => (await give(learner, code)).status === 200)
    expect(await exportOf(learner)).toEqual(all)
  }
})

test('signing out leaves this browser with nothing, and the code finds it again', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const before = await exportOf(learner)
  const code = await makeCode(learner)
  expect((await learner.request('POST', '/api/learner/leave')).body).toEqual({ elsewhere: null })
  await learner.request('GET', '/api/labs')
  expect(await summaryOf(learner)).toMatchObject({ known_since: null, answers: 0 })
  await give(learner, code)
  expect(await exportOf(learner)).toEqual(before)
})

test('signed out everywhere else, a lost device and a code that somebody has seen open nothing; all of it stays here', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const code = await makeCode(learner)
  const lost = createLearner(server.url)
  await give(lost, code)
  const session = await work(server, learner, otherLab)
  const watching = await openSocket(lost, `/api/sessions/${session}/events`)
  const closed = new Promise<number>((resolve) => watching.on('close', resolve))
  const before = await exportOf(learner)
  const old = learner.cookie

  const left = await learner.request<LearnerSummary>('POST', '/api/learner/leave-elsewhere')
  expect(left).toMatchObject({ status: 200, body: { code: null, running: [otherLab], answers: 1 } })
  expect(learner.cookie).not.toBe(old)
  expect(await exportOf(learner)).toEqual(before)
  expect(await closed).toBe(4409)
  expect(await lost.request('GET', `/api/sessions/${session}`)).toMatchObject({ status: 401 })
  expect(await summaryOf(lost)).toMatchObject({ known_since: null, answers: 0, running: [] })
  expectRefusal(await give(createLearner(server.url), code), 'CODE_UNKNOWN', 'renewed or withdrawn')
  // Done twice, after a restart, and by somebody of whom nothing is stored.
  await server.reopen()
  await learner.request('POST', '/api/learner/leave-elsewhere')
  expect(await exportOf(learner)).toEqual(before)
  await finish(learner, session)
  const nobody = createLearner(server.url)
  await nobody.request('GET', '/api/learner')
  expect((await nobody.request('POST', '/api/learner/leave-elsewhere')).body).toMatchObject({ known_since: null })
})

test('an import after joining counts nothing twice', async () => {
  await using server = await openServer()
  const [first, second] = [await createSomeone(server), await createSomeone(server)]
  const { body: file } = await second.request('GET', '/api/learner/export')
  await first.request('POST', '/api/learner/import', file)
  const imported = await summaryOf(first)
  expect(imported).toMatchObject({ progress: { tries: 2 }, sessions: { count: 2 }, answers: 2 })
  await give(second, await makeCode(first))
  const { kept_work: _folders, code: _code, ...figures } = await summaryOf(second)
  const { kept_work: _none, code: _before, ...expected } = imported
  expect(figures).toEqual(expected)
  await second.request('POST', '/api/learner/import', file)
  expect(await summaryOf(second)).toMatchObject(figures)
})
