/** Mock interviews over HTTP: they survive reloads and restarts, count each answer once, and say nothing of the key before the end. */
import { expect, test } from 'vitest'
import { createLearner, type Answer, type Learner } from '../../../tests/harness/learner.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { interviewList, interviewReport, interviewView, type InterviewView } from '../../src/contract/interviews.ts'
import { openTestApp } from '../open-test-app.ts'
import { createSampleBank } from '../sample-bank.ts'

const minute = 60_000
const open = () => openTestApp({ bank: createSampleBank() })
const wish = { topics: ['layers', 'volumes'], level: 'mid', minutes: 30 }

function expectRefusal(answer: Answer, code: ErrorCode) {
  const { error } = errorBody.parse(answer.body)
  expect([answer.status, error.code], error.message).toEqual([errors[code].status, code])
}
const begin = async (learner: Learner, more: object = {}) =>
  interviewView.parse((await learner.request('POST', '/api/interviews', { ...wish, ...more })).body)
const look = async (learner: Learner, { id }: InterviewView) =>
  interviewView.parse((await learner.request('GET', `/api/interviews/${id}`)).body)
const report = async (learner: Learner, { id }: InterviewView) =>
  interviewReport.parse((await learner.request('GET', `/api/interviews/${id}/report`)).body)
const send = (learner: Learner, { id }: InterviewView, body: object) =>
  learner.request('POST', `/api/interviews/${id}/answers`, body)
const rate = (learner: Learner, { id }: InterviewView, turn: number, points: string[]) =>
  learner.request('PUT', `/api/interviews/${id}/points`, { turn, points })

/** Right answers to all; a live one is passed over. */
async function answerAll(learner: Learner, interview: InterviewView): Promise<InterviewView> {
  let at = interview
  for (let i = 0; at.current && i < 20; i++) {
    const { turn, question, live } = at.current
    const answer = live
      ? null
      : question?.form === 'free'
        ? { form: 'free', text: 'So.' }
        : { form: 'single', option: 'iron' }
    at = interviewView.parse((await send(learner, at, { id: `answer-${turn}-x`, turn, answer })).body)
    if (at.current?.rate) at = interviewView.parse((await rate(learner, at, turn, ['first'])).body)
  }
  return at
}

test('from the first question to the report: nothing of the key on the way, all of it at the end', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner)
  expect(interview).toMatchObject({ questions: 6, current: { turn: 0 } })
  expect(interview.ends_at - interview.began_at).toBe(30 * minute)
  expectRefusal(await learner.request('GET', `/api/interviews/${interview.id}/report`), 'FORBIDDEN')
  let seen = ''
  let at = interview
  while (at.current) {
    const { turn, question, live } = at.current
    const text = JSON.stringify(at)
    seen += text
    expect(text).not.toMatch(/KEY-OR-REASON|MODEL|"right"/)
    const answer = live
      ? null
      : question?.form === 'free'
        ? { form: 'free', text: 'So.' }
        : { form: 'single', option: 'iron' }
    at = interviewView.parse((await send(learner, at, { id: `answer-${turn}-x`, turn, answer })).body)
    if (!at.current?.rate) continue
    expect(at.current).toMatchObject({ turn, rate: { rubric: [{ id: 'first' }, { id: 'second' }] } })
    at = interviewView.parse((await rate(learner, at, turn, ['first'])).body)
  }
  expect(seen).toContain('Repair it.')
  const said = await report(learner, interview)
  expect(said.questions.map(({ state, score }) => `${state} ${score}`).toSorted()).toEqual([
    ...['answered 0.5', 'answered 1', 'answered 1', 'answered 1', 'answered 1', 'passed-over 0'],
  ])
  expect(said).toMatchObject({
    strong: ['volumes'],
    weak: [],
    todo: [{ lesson: 'layers/sample', lab: 'layers/sample', why: 'missed' }],
  })
  expect(said.questions.every(({ spoken }) => spoken.senior === 'MODEL senior.')).toBe(true)
  const list = interviewList.parse((await learner.request('GET', '/api/interviews')).body)
  expect(list).toMatchObject({ running: null, finished: [{ id: interview.id }] })
  expect(list.finished[0]?.score).toBeCloseTo(0.75)
})

test('a reload and a restart go on at the same question, and what was answered is answered', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner, { live: false })
  const first = { id: 'answer-first', turn: 0, answer: null }
  const second = interviewView.parse((await send(learner, interview, first)).body)
  expect(second.current?.turn).toBe(1)
  await server.reopen()
  const { now: _, ...after } = await look(learner, interview)
  const { now: __, ...before } = second
  expect(after).toEqual(before)
  const list = interviewList.parse((await learner.request('GET', '/api/interviews')).body)
  expect(list.running).toBe(interview.id)
  expectRefusal(await learner.request('POST', '/api/interviews', wish), 'INTERVIEW_RUNS')
  const other = await begin(learner, { replace: true })
  expect(other.id).not.toBe(interview.id)
  expect((await look(learner, interview)).current).toBeNull()
})

test('replayed, forged and simultaneous answers: one counts, the others are refused and change nothing', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner, { live: false })
  const wrong = (form: string, more: object) =>
    send(learner, interview, { id: 'forged-one', turn: 0, answer: { form, ...more } })
  expectRefusal(await wrong('single', { option: 'gold' }), 'BAD_REQUEST')
  expectRefusal(await wrong('free', { text: 'x' }), 'BAD_REQUEST')
  expectRefusal(await wrong('live', {}), 'BAD_REQUEST')
  expectRefusal(await wrong('single', { option: 'iron', correct: true }), 'BAD_REQUEST')
  expectRefusal(await wrong('free', { text: 'x'.repeat(10_000_000) }), 'TOO_LARGE')
  expectRefusal(await rate(learner, interview, 0, ['first']), 'BAD_REQUEST')
  expectRefusal(await learner.request('POST', `/api/interviews/${interview.id}/live`, { turn: 0 }), 'BAD_REQUEST')
  expectRefusal(await send(learner, interview, { id: 'from-the-future', turn: 2, answer: null }), 'ALREADY_ANSWERED')
  expect((await look(learner, interview)).current?.turn).toBe(0)

  const answer = { id: 'answer-one', turn: 0, answer: { form: 'single', option: 'wood' } }
  const windows = await Promise.all([
    send(learner, interview, answer),
    send(learner, interview, { ...answer, id: 'answer-two' }),
  ])
  expect(windows.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const won = windows[0].status === 200 ? 'answer-one' : 'answer-two'
  // The same once more is no second answer; another one under its id does not replace it.
  const again = await send(learner, interview, { ...answer, id: won, answer: { form: 'single', option: 'iron' } })
  expect(interviewView.parse(again.body).current?.turn).toBe(1)
  expectRefusal(await send(learner, interview, { ...answer, id: 'answer-three' }), 'ALREADY_ANSWERED')
  await learner.request('POST', `/api/interviews/${interview.id}/end`)
  const { questions } = await report(learner, interview)
  expect(questions.map(({ state, score }) => `${state} ${score}`)).toEqual([
    'answered 0',
    ...Array.from({ length: questions.length - 1 }, () => 'not-reached null'),
  ])
})

test('after its time nothing is taken any more, and the report has what was answered until then', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner, { live: false, minutes: 15 })
  await send(learner, interview, { id: 'in-time-0', turn: 0, answer: { form: 'single', option: 'iron' } })
  server.travel(15 * minute + 10_000)
  expectRefusal(await send(learner, interview, { id: 'too-late-1', turn: 1, answer: null }), 'INTERVIEW_OVER')
  expectRefusal(await learner.request('POST', `/api/interviews/${interview.id}/live`, { turn: 1 }), 'INTERVIEW_OVER')
  const said = await report(learner, interview)
  expect(said.finished_at).toBe(interview.ends_at)
  expect(said.questions[0]).toMatchObject({ state: 'answered', score: 1 })
  expect(said.todo[0]).toMatchObject({ why: 'not-reached' })
})

test("another learner's interview does not exist for anyone else, whatever they ask of it", async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner)
  const other = createLearner(server.url)
  await other.request('GET', '/api/interviews')
  const asks = [
    ...[`/${interview.id}`, `/${interview.id}/report`].map((path) => ['GET', path, undefined] as const),
    ['POST', `/${interview.id}/answers`, { id: 'stolen-one', turn: 0, answer: null }] as const,
    ['PUT', `/${interview.id}/points`, { turn: 0, points: [] }] as const,
    ['POST', `/${interview.id}/live`, { turn: 0 }] as const,
    ['POST', `/${interview.id}/end`, undefined] as const,
  ]
  for (const [method, path, body] of asks)
    expectRefusal(await other.request(method, `/api/interviews${path}`, body), 'INTERVIEW_UNKNOWN')
  expectRefusal(await createLearner(server.url).request('GET', `/api/interviews/${interview.id}`), 'UNAUTHENTICATED')
  expect((await look(learner, interview)).current?.turn).toBe(0)
  const { cookie } = learner
  await learner.request('DELETE', '/api/learner')
  learner.cookie = cookie
  expectRefusal(await learner.request('GET', `/api/interviews/${interview.id}`), 'INTERVIEW_UNKNOWN')
})

/** Passes questions over until a machine is asked for. */
async function reachLive(learner: Learner, interview: InterviewView): Promise<InterviewView> {
  let at = interview
  while (at.current && !at.current.live) {
    const { turn } = at.current
    at = interviewView.parse((await send(learner, at, { id: `pass-over-${turn}`, turn, answer: null })).body)
  }
  return at
}

test('a live question starts its lab afresh with its variant and clock, and comes back with the tasks that were done', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  server.engine.onNode = (node) => node.answers.set('/done', ['build'])
  const before = await learner.start('layers/sample')
  const at = await reachLive(learner, await begin(learner))
  expect(at.current).toMatchObject({
    question: null,
    live: { minutes: 7, began_at: null, lab: { id: 'layers/sample' } },
  })
  const turn = at.current!.turn
  const start = (replace: boolean) => learner.request('POST', `/api/interviews/${at.id}/live`, { turn, replace })
  expectRefusal(await send(learner, at, { id: 'not-begun', turn, answer: { form: 'live' } }), 'BAD_REQUEST')
  expectRefusal(await start(false), 'SESSION_LIMIT')
  const begun = interviewView.parse((await start(true)).body)
  const { began_at, ends_at } = begun.current!.live!
  expect(ends_at! - began_at!).toBe(7 * minute)
  const sessions = (await learner.request<{ id: string; lab: string; state: string }[]>('GET', '/api/sessions')).body
  const mine = sessions.find(({ id, lab }) => lab === 'layers/sample' && id !== before.id)!
  await expect.poll(async () => (await learner.session(mine.id)).state).toBe('ready')
  expect(server.engine.sessions.get(mine.id)?.spec.seed).toBe(5)
  // Asked for again, by a reload for example, it is the same machine.
  expect(interviewView.parse((await start(true)).body).current?.live).toMatchObject({ began_at, ends_at })
  await learner.task(mine.id, 'build', ({ done }) => done)
  await server.reopen()
  const after = interviewView.parse((await send(learner, at, { id: 'live-done', turn, answer: { form: 'live' } })).body)
  expect(after.current?.turn ?? -1).not.toBe(turn)
  await expect.poll(async () => (await learner.request('GET', `/api/sessions/${mine.id}`)).status).toBe(410)
  await answerAll(learner, after)
  const live = (await report(learner, at)).questions.find((each) => each.live)
  expect(live?.score).toBeCloseTo(1 / 3, 1)
  expect(live?.live?.tasks.map(({ passed }) => passed)).toEqual([true, false, false])
})

test.each([
  ['a day ahead', 24 * 60 * minute],
  ['half a day back', -12 * 60 * minute],
])(
  'the clock is set %s: an interview keeps the time that it had left, and a live question what was done in time',
  async (_what, jump) => {
    await using server = await open()
    const learner = createLearner(server.url)
    server.engine.onNode = (node) => node.answers.set('/done', ['build'])
    const since = performance.now()
    /** Of the times that are told nothing else may be gone. */
    const passed = () => performance.now() - since + 1000
    const at = await reachLive(learner, await begin(learner))
    const { turn } = at.current!
    const begun = interviewView.parse((await learner.request('POST', `/api/interviews/${at.id}/live`, { turn })).body)
    const left = ({ ends_at, now }: InterviewView) => ends_at - now
    const [mine] = (await learner.request<{ id: string }[]>('GET', '/api/sessions')).body
    await learner.task(mine!.id, 'build', ({ done }) => done)
    server.setClock(jump)
    // At once, so that one that asks while the times are moved would see those of the clock that was.
    const looks = await Promise.all(Array.from({ length: 4 }, () => look(learner, at)))
    for (const each of looks) {
      expect(each.current?.turn).toBe(turn)
      expect(Math.abs(left(each) - left(begun))).toBeLessThan(passed())
      expect(Math.abs(each.current!.live!.ends_at! - each.now - 7 * minute)).toBeLessThan(passed())
    }
    await server.reopen()
    expect(Math.abs(left(await look(learner, at)) - left(begun))).toBeLessThan(passed())
    const after = await send(learner, at, { id: 'live-done', turn, answer: { form: 'live' } })
    expect(after.status).toBe(200)
    // And time that passes still ends it.
    server.travel(31 * minute)
    const { questions, finished_at } = await report(learner, at)
    expect(questions.find((each) => each.live)?.live?.tasks.map(({ passed }) => passed)).toEqual([true, false, false])
    expect(questions.find((each) => each.turn === turn)?.ms).toBeLessThan(passed())
    expect(Math.abs(finished_at - (begun.ends_at + jump))).toBeLessThan(passed())
  },
)

test('a clock that was set back while the server was away gives no more than the question that was asked', async () => {
  await using server = await open()
  const learner = createLearner(server.url)
  const interview = await begin(learner, { live: false })
  await server.close()
  server.setClock(-24 * 60 * minute)
  await server.reopen()
  const { ends_at, now, current } = await look(learner, interview)
  expect(current?.turn).toBe(0)
  expect(Math.abs(ends_at - now - 30 * minute)).toBeLessThan(10_000)
})
