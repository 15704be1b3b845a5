/** What is stored of a learner: told in figures, taken along, taken in again, and gone when they say so. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createLearner, type Answer } from '../../../tests/harness/learner.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { learnerSummary, type LearnerSummary } from '../../src/contract/identity.ts'
import { exportParts, learnerExport, type LearnerExport } from '../../src/contract/learner-export.ts'
import { tablesOfLearners } from '../../src/database/holdings/all-holdings.ts'
import { answer, createSomeone, exportOf, lab, openBeside, openServer, questions, work } from './someone.ts'

function expectRefusal(given: Answer, code: ErrorCode, says: string) {
  const { error } = errorBody.parse(given.body)
  expect([given.status, error.code]).toEqual([errors[code].status, code])
  expect(error.message).toContain(says)
}

test('it is told in figures, and nothing is stored of somebody who only looks', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const { body } = await learner.request<LearnerSummary>('GET', '/api/learner')
  expect(learnerSummary.parse(body)).toMatchObject({
    progress: { labs: 1, tasks_passed: 2, tries: 1, hints: 1 },
    sessions: { count: 1 },
    running: [],
    answers: 1,
    kept_work: [{ lab, bytes: expect.any(Number) as number }],
    code: null,
    account: null,
  })
  expect(body.known_since).toBeGreaterThan(Date.now() - 60_000)
  const visitor = createLearner(server.url)
  expect((await visitor.request('GET', '/api/learner')).body).toMatchObject({ known_since: null, answers: 0 })
  await using beside = await openBeside(server)
  expect(await beside.rows('learners')).toHaveLength(1)
})

test('every table of the real schema with something of a learner is exported or left out for a reason', async () => {
  await using server = await openServer()
  await using beside = await openBeside(server)
  const tables = beside.ofLearners
  expect(tables.length).toBeGreaterThanOrEqual(10)
  const spoken: Record<string, string | { leftOut: string }> = tablesOfLearners
  for (const table of tables) {
    const where = spoken[table]
    expect(where, `${table} is neither exported nor left out`).toBeDefined()
    if (typeof where === 'object') expect(where.leftOut.length, table).toBeGreaterThan(20)
    else expect(Object.keys(exportParts)).toContain(where)
  }
})

test('a file holds something of every part, and gives another browser all of it, once', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const answered = await learner.request('GET', '/api/learner/export')
  expect(answered.headers.get('content-disposition')).toMatch(/attachment; filename="drydock-\d{4}-\d\d-\d\d\.json"/)
  const file = learnerExport.parse(answered.body)
  for (const part of Object.keys(exportParts) as (keyof typeof exportParts)[])
    expect(file[part].length, `the test's learner has nothing of ${part}`).toBeGreaterThan(0)

  const other = createLearner(server.url)
  const first = await other.request<LearnerSummary>('POST', '/api/learner/import', file)
  expect(first.status).toBe(200)
  // The folder is a file of its own; everything else is there.
  const { kept_work: _folders, ...all } = await exportOf(learner)
  expect(await exportOf(other)).toEqual({ ...all, kept_work: [] })
  for (let i = 0; i < 2; i++)
    expect((await other.request('POST', '/api/learner/import', file)).body).toEqual(first.body)
  expect(await exportOf(other)).toEqual({ ...all, kept_work: [] })

  // Whoever reads their own file in again has no more than before.
  const before = await exportOf(learner)
  expect((await learner.request('POST', '/api/learner/import', file)).status).toBe(200)
  expect(await exportOf(learner)).toEqual(before)
})

test('what was done meanwhile, here and there, counts on top', async () => {
  await using server = await openServer()
  const [here, there] = [await createSomeone(server), await createSomeone(server)]
  const old = await exportOf(there)
  const mine = await exportOf(here)
  await answer(there, 'one-more-answer', 'wood')
  const { body: file } = await there.request<LearnerExport>('GET', '/api/learner/export')
  const take = (from: object) => here.request<LearnerSummary>('POST', '/api/learner/import', from)
  // The older file after the newer one takes nothing back.
  for (const each of [file, { ...old, exported_at: 1 }, file])
    expect((await take(each)).body).toMatchObject({
      progress: { labs: 1, tasks_passed: 2, tries: 2, hints: 2 },
      sessions: { count: 2 },
      answers: 3,
    })
  const { body } = await here.request<{ questions: { last: { id: string } | null }[] }>('GET', questions)
  expect(body.questions[0]?.last?.id).toBe('one-more-answer')
  const { progress, answers } = await exportOf(here)
  expect(progress.map((row) => row.origin).toSorted()).toEqual(
    [...mine.progress, ...old.progress].map((row) => row.origin).toSorted(),
  )
  expect(answers).toHaveLength(3)
})

test('an answer is graded anew, whatever the file says of it', async () => {
  await using server = await openServer()
  const learner = createLearner(server.url)
  await answer(learner, 'honest-answer', 'wood')
  const { body: file } = await learner.request<LearnerExport>('GET', '/api/learner/export')
  const forged = { ...file, answers: file.answers.map((each) => ({ ...each, id: 'forged-answer', correct: true })) }
  const other = createLearner(server.url)
  await other.request('POST', '/api/learner/import', forged)
  expect((await exportOf(other)).answers).toMatchObject([{ id: 'forged-answer', correct: false }])
})

test('so is practice, and so are interviews; a memory that no scheduler can reckon with is refused', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const { body: file } = await learner.request<LearnerExport>('GET', '/api/learner/export')
  const [review] = file.reviews
  const free = { form: 'free', text: 'So.' } as const
  const reviews = [
    { ...review!, id: 'forged-wrong', answer: { form: 'single', option: 'wood' }, correct: true },
    { ...review!, id: 'forged-passed', answer: null, correct: true },
    { ...review!, id: 'forged-rated', item: 'bank:layers-say', answer: free, points: ['first'], correct: false },
    { ...review!, id: 'forged-unrated', item: 'bank:layers-say', answer: free, points: null, correct: true },
    { ...review!, id: 'unknown-here', item: 'bank:of-another-server', correct: true },
  ]
  const [interview] = file.interviews
  const given = (turn: number, question: string, answer: unknown, points: string[] | null = null) => ({
    ...{ turn, id: `forged-${turn}`, question, answer, points, percent: 99, ms: 1, at: 1 },
  })
  const answers = [
    given(0, 'layers-one', { form: 'single', option: 'wood' }),
    given(1, 'layers-two', null),
    given(2, 'layers-say', free, ['first', 'nonsense']),
    given(3, 'layers-say', free),
    given(4, 'layers-live', { form: 'live', seed: 5, passed: ['build', 'nonsense'] }),
    given(5, 'of-another-server', null),
  ]
  const forged = { ...file, reviews, interviews: [{ ...interview!, answers }] }
  const other = createLearner(server.url)
  expect((await other.request('POST', '/api/learner/import', forged)).status).toBe(200)
  const taken = await exportOf(other)
  expect(Object.fromEntries(taken.reviews.map(({ id, correct }) => [id, correct]))).toEqual({
    ...{ 'forged-wrong': false, 'forged-passed': false, 'forged-rated': true, 'forged-unrated': null },
    'unknown-here': true,
  })
  expect(taken.interviews[0]?.answers.map(({ percent }) => percent)).toEqual([0, 0, 50, null, 33, 99])

  const [card] = file.cards.filter(({ memory }) => memory !== null)
  for (const broken of [{ due: 1e300 }, { stability: 0 }, { difficulty: 0.5 }, { stability: 1e6 }, { last_review: -1 }])
    expectRefusal(
      await other.request('POST', '/api/learner/import', {
        ...file,
        cards: [{ ...card!, memory: { ...card!.memory, ...broken } }],
      }),
      'BAD_REQUEST',
      `cards.0.memory.${Object.keys(broken)[0]}`,
    )
  const odd = { ...card!.memory!, due: 0, last_review: 8.64e15, stability: 0.001, difficulty: 10, reps: 0, state: 3 }
  await other.request('POST', '/api/learner/import', { ...file, cards: [{ ...card!, due: 0, memory: odd }] })
  expect((await other.request('GET', '/api/practice')).status).toBe(200)
  const next = { id: 'after-that', item: card!.item, turn: 2, answer: { form: 'single', option: 'iron' }, ms: 1 }
  expect([200, 409]).toContain((await other.request('POST', '/api/practice/answers', next)).status)
})

test('broken, foreign, newer and huge files are refused with what is wrong, and change nothing', async () => {
  await using server = await openServer()
  const learner = await createSomeone(server)
  const before = await exportOf(learner)
  const { body: file } = await learner.request<LearnerExport>('GET', '/api/learner/export')
  const send = (body: unknown) => learner.request('POST', '/api/learner/import', body)
  const [row] = file.progress
  const [run] = file.sessions
  for (const [body, says] of [
    [[], 'the whole file'],
    [{}, "format: must be 'drydock-learner'"],
    [{ ...file, format: 'anki' }, "format: must be 'drydock-learner'"],
    [{ ...file, version: 2 }, 'version: must be 1'],
    [{ ...file, owner: 'me' }, 'owner: is not known here'],
    [{ ...file, progress: [row, { ...row, tries: -1 }] }, 'progress.1.tries'],
    [{ ...file, progress: [{ ...row, lab: '../../etc' }] }, 'progress.0.lab'],
    [{ ...file, progress: [{ ...row, passed_at: 9e15 }] }, 'progress.0.passed_at'],
    [{ ...file, progress: { length: 3 } }, 'progress'],
    [{ ...file, sessions: [{ ...run, deeds: [{ at: 1, kind: 'cheated', task: null }] }] }, 'sessions.0.deeds.0.kind'],
    [{ ...file, answers: [{ ...file.answers[0], answer: { form: 'oral' } }] }, 'answers.0.answer'],
    [{ ...file, answers: undefined }, 'answers'],
  ] as const) {
    expectRefusal(await send(body), 'BAD_REQUEST', says)
    expectRefusal(await send(body), 'BAD_REQUEST', 'Nothing was imported')
  }
  for (const body of ['{"format":', 'no JSON', '{"__proto__":{"format":"drydock-learner"}}'])
    expect(await send(body)).toMatchObject({ status: 400 })
  const huge = JSON.stringify({ ...file, owner: 'x'.repeat(10_000_000) })
  expectRefusal(await send(huge), 'TOO_LARGE', 'larger than what is accepted')
  expect(await exportOf(learner)).toEqual(before)
})

test('forgotten: no row of any table and no file has anything of them, and others keep theirs', async () => {
  await using server = await openServer()
  const [learner, neighbour] = [await createSomeone(server), await createSomeone(server)]
  const session = await work(server, learner)
  await learner.request('POST', '/api/learner/code')
  const others = await exportOf(neighbour)
  await using beside = await openBeside(server)
  const [id] = (await beside.rows('sessions')).flatMap((row) => (row.id === session ? [String(row.learner)] : []))
  const marker = 'a-mark-of-somebody'
  // One more row in every table there is, whatever it is for: a table that is added later is looked at too.
  const tables = beside.ofLearners.filter((table) => table !== 'learners' && table !== 'sessions')
  const fill = async (table: string) => {
    const columns = beside.columnsOf(table)
    const own = columns.some(({ name }) => name === 'learner')
    const row = Object.fromEntries(
      columns.map(({ name, dataType }) => {
        if (name === 'learner') return [name, id]
        if (name === 'session' && !own) return [name, session]
        return [name, /text|char/i.test(dataType) ? marker : 1]
      }),
    )
    // Of these there is one a learner.
    if (['recovery_codes', 'practice_choices'].includes(table))
      await beside.db.deleteFrom(table).where('learner', '=', id).execute()
    await beside.db.insertInto(table).values(row).execute()
  }
  // Again for those that refer to others.
  let left = tables
  for (let round = 0; left.length > 0 && round < 5; round++) {
    const refused: string[] = []
    for (const table of left) await fill(table).catch(() => refused.push(table))
    left = refused
  }
  expect(left, 'tables that this test cannot put a row into').toEqual([])
  const full = await beside.dump()
  for (const table of tables) expect(full[table], table).toMatch(new RegExp(`${id}|${session}`))
  expect(readdirSync(path.join(server.state, 'work'))).toHaveLength(2)

  const gone = await learner.events(session)
  expect((await learner.request('DELETE', '/api/learner')).status).toBe(204)
  for (const [table, text] of Object.entries(await beside.dump()))
    for (const trace of [id!, session, marker]) expect(text, table).not.toContain(trace)
  expect(readdirSync(path.join(server.state, 'work'))).toHaveLength(1)
  await gone.closed
  await learner.request('GET', '/api/labs')
  expect((await learner.request('GET', '/api/learner')).body).toMatchObject({
    known_since: null,
    sessions: { count: 0 },
  })
  expect(await exportOf(neighbour)).toEqual(others)
})

test('kept work is downloaded by whose it is, and by nobody else', async () => {
  await using server = await openServer()
  const [learner, neighbour] = [await createSomeone(server), await createSomeone(server)]
  const [kept] = (await exportOf(learner)).kept_work
  const get = (who: typeof learner, session: string) => who.request<string>('GET', `/api/learner/kept/${session}`)
  const tar = await get(learner, kept?.session ?? '')
  expect(tar).toMatchObject({ status: 200, body: '\0'.repeat(1024) })
  expect(tar.headers.get('content-disposition')).toBe('attachment; filename="layers-sample.tar"')
  expectRefusal(await get(neighbour, kept?.session ?? ''), 'NOT_FOUND', 'No work of this lab')
  for (const trick of ['..%2f..%2fcookie.key', 'none', '%00'])
    expect(await get(learner, trick)).toMatchObject({ status: 404 })
})
