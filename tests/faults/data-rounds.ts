/**
 * Rounds in which the server is killed with `kill -9` in the middle of answers that learners send and of learners who leave, and now and
 * then the database with it. Whatever was acknowledged must be there afterwards as it was sent, and what was removed must be gone. Read
 * from backups that are made under the same load. Shared by the test and the soak run; the seed says when.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual, promisify } from 'node:util'
import type { QuestionView, QuizAnswer, QuizView } from '@drydock/sandbox-server/contract'
import type { BareServer } from '../harness/bare-server.ts'
import type { Learner } from '../harness/learner.ts'
import { repository } from '../harness/platform.ts'
import type { Postgres } from '../harness/postgres.ts'
import { createRandom } from './random.ts'

export interface DataResult {
  /** Answers, ratings and leavings that the server said it has. */
  acknowledged: number
  /** Of these, what is not there, or not as it was sent. */
  lost: number
  /** Rows that nobody sent. */
  invented: number
  /** What integrity_check and foreign_key_check find, in the database and in each backup. */
  corrupt: number
}

interface Answer {
  lesson: string
  question: string
  answer: QuizAnswer
  acknowledged: boolean
  points: string[] | null
}

interface Writer {
  learner: Learner
  /** Under which the database knows them, once it does. */
  id: string | null
  /** By id. */
  sent: Map<string, Answer>
  left: 'no' | 'asked' | 'yes'
}

const lessons = ['layers/cache', 'volumes/lifetimes', 'compose/readiness'] as const
const writers = 4

export interface DataRounds {
  rounds: number
  seed: number
  /** Is ended as by a crash in every fourth round. Without one, the database is the server's own file. */
  postgres?: Postgres
  progress: (text: string) => void
}

export async function dataRounds(server: BareServer, options: DataRounds): Promise<DataResult> {
  const { rounds, seed, postgres, progress } = options
  const random = createRandom(seed)
  const all: Writer[] = []
  const result: DataResult = { acknowledged: 0, lost: 0, invented: 0, corrupt: 0 }
  let quizzes = await readQuizzes(server.learner())
  for (let round = 1; round <= rounds; round++) {
    const begun = Array.from({ length: writers }, (): Writer => ({
      learner: server.learner(),
      id: null,
      sent: new Map(),
      left: 'no',
    }))
    const load = startLoad(begun, quizzes)
    const leaving = all.find((each) => each.left === 'no' && each.id !== null)
    // The backup is of the middle of the load, and has what was acknowledged before it began.
    const backed = round % 5 === 0 ? checkBackup(server, [...all, ...begun], result, progress) : undefined
    await load.reached(5 + Math.floor(random() * 60))
    const gone = leaving && leave(leaving)
    if (random() < 0.5) await gone
    await backed
    const crash = postgres !== undefined && round % 4 === 0
    await Promise.all([server.kill9(), crash ? postgres.stop('SIGQUIT') : undefined])
    await Promise.all([load.stopped(), gone])
    all.push(...begun)
    if (crash) await postgres.start()
    await server.restart()
    if (!postgres) checkFile(server.instance.database, result, progress)
    const acknowledged = begun.flatMap((each) => [...each.sent.values()]).filter((each) => each.acknowledged).length
    progress(
      `round ${round} of ${rounds}: ${acknowledged} answers acknowledged${crash ? ', the database crashed too' : ''}`,
    )
    quizzes = await readQuizzes(server.learner())
  }
  await checkBackup(server, all, result, progress)
  for (const { sent, left } of all) {
    result.acknowledged += left === 'yes' ? 1 : 0
    for (const { acknowledged, points } of sent.values())
      result.acknowledged += Number(acknowledged) + Number(points !== null)
  }
  return result
}

async function readQuizzes(learner: Learner): Promise<QuizView[]> {
  const answers = await Promise.all(lessons.map((id) => learner.request<QuizView>('GET', `/api/quizzes/${id}?seed=1`)))
  return answers.map((answer) => answer.body)
}

function startLoad(all: readonly Writer[], quizzes: readonly QuizView[]) {
  let acknowledged = 0
  const questions = quizzes.flatMap(({ lesson, questions: each }) => each.map((question) => ({ lesson, question })))
  const write = async (writer: Writer): Promise<void> => {
    for (let i = 0; ; i++) {
      const { lesson, question } = questions[i % questions.length]!
      if (!(await send(writer, lesson, question, i))) return
      acknowledged++
    }
  }
  const running = all.map((writer) => write(writer))
  return {
    async reached(count: number): Promise<void> {
      const until = Date.now() + 30_000
      while (acknowledged < count) {
        if (Date.now() > until) throw new Error(`${acknowledged} of ${count} answers were taken within 30 s`)
        await delay(1)
      }
    },
    stopped: () => Promise.all(running),
  }
}

/** Whether the server is still there. */
async function send(writer: Writer, lesson: string, question: QuestionView, i: number): Promise<boolean> {
  const id = randomUUID()
  const answer: Answer = {
    lesson,
    question: question.id,
    answer: answerTo(question, i),
    acknowledged: false,
    points: null,
  }
  writer.sent.set(id, answer)
  const at = `/api/quizzes/${lesson}/${question.id}`
  const said = await writer.learner
    .request<{ rubric: { id: string }[] | null }>('POST', `${at}/answers`, { id, answer: answer.answer })
    .catch(() => null)
  if (said?.status !== 200) return false
  answer.acknowledged = true
  // The cookie is `<learner>.<time>.<signature>`, and goes when they leave.
  writer.id ??= /=([0-9a-f]{24})\./.exec(writer.learner.cookie)?.[1] ?? null
  if (writer.id === null) throw new Error(`no learner is named in '${writer.learner.cookie}'`)
  if (!said.body.rubric) return true
  const points = said.body.rubric.slice(0, 1 + (i % 2)).map((point) => point.id)
  const rated = await writer.learner.request('PUT', `${at}/points`, { id, points }).catch(() => null)
  if (rated?.status === 200) answer.points = points
  return rated?.status === 200
}

function answerTo(question: QuestionView, i: number): QuizAnswer {
  const pick = <T extends { id: string }>(from: readonly T[]) => from[i % from.length]?.id ?? ''
  const { form } = question
  if (form === 'single') return { form, option: pick(question.options) }
  if (form === 'multiple') return { form, options: [pick(question.options)] }
  if (form === 'order') return { form, order: question.steps.map((step) => step.id) }
  if (form === 'line') return { form, line: pick(question.lines) }
  if (form === 'match')
    return { form, pairs: Object.fromEntries(question.terms.map((term) => [term.id, pick(question.meanings)])) }
  return { form, text: `answer ${i}, ⚓ "quoted"` }
}

async function leave(writer: Writer): Promise<void> {
  writer.left = 'asked'
  const answer = await writer.learner.request('DELETE', '/api/learner').catch(() => null)
  if (answer?.status === 204) writer.left = 'yes'
}

interface StoredAnswer {
  learner: string
  id: string
  lesson: string
  question: string
  answer: string
  points: string | null
}

/** Everything that was acknowledged before it was begun is in it, and nothing that nobody sent. */
async function checkBackup(
  server: BareServer,
  all: readonly Writer[],
  result: DataResult,
  progress: (text: string) => void,
): Promise<void> {
  const due = all.map((writer) => ({ writer, id: writer.id, left: writer.left, answers: snapshot(writer) }))
  const file = path.join(server.instance.state, `check-${randomUUID()}.backup`)
  const script = path.join(repository, 'sandbox-server/src/backup-main.ts')
  await promisify(execFile)(process.execPath, [script, 'backup', file], { env: { ...process.env, ...server.env } })
  using db = new DatabaseSync(file)
  findCorruption(db, result, progress)
  const rows = db.prepare('SELECT * FROM quiz_answers').all() as unknown as StoredAnswer[]
  const stored = new Map(rows.map((row) => [`${row.learner} ${row.id}`, row]))
  const people = new Set(
    db
      .prepare('SELECT id FROM learners')
      .all()
      .map((row) => String(row.id)),
  )
  const lose = (what: string) => {
    result.lost++
    progress(`lost: ${what}`)
  }
  for (const { writer, id, left, answers } of due) {
    if (id === null) continue
    if (left === 'yes' && (people.has(id) || rows.some((row) => row.learner === id))) lose(`the leaving of ${id}`)
    if (writer.left === 'no')
      for (const [key, sent] of answers) if (!isStored(sent, stored.get(`${id} ${key}`))) lose(`answer ${key} of ${id}`)
  }
  const sent = new Set(all.flatMap((writer) => [...writer.sent.keys()]))
  for (const { id, learner } of rows)
    if (!sent.has(id)) {
      result.invented++
      progress(`nobody sent ${id} of ${learner}`)
    }
  rmSync(file)
}

const snapshot = ({ sent }: Writer): [string, Answer][] =>
  [...sent].flatMap(([key, each]): [string, Answer][] => (each.acknowledged ? [[key, { ...each }]] : []))

const isStored = (sent: Answer, row: StoredAnswer | undefined): boolean =>
  row?.lesson === sent.lesson &&
  row.question === sent.question &&
  isDeepStrictEqual(JSON.parse(row.answer), sent.answer) &&
  (sent.points === null || isDeepStrictEqual(JSON.parse(row.points ?? 'null'), sent.points))

function checkFile(file: string, result: DataResult, progress: (text: string) => void): void {
  using db = new DatabaseSync(file, { timeout: 5000 })
  findCorruption(db, result, progress)
}

function findCorruption(db: DatabaseSync, result: DataResult, progress: (text: string) => void): void {
  const integrity = db.prepare('PRAGMA integrity_check').all()
  const wrong = [
    ...integrity.filter((row) => row.integrity_check !== 'ok'),
    ...db.prepare('PRAGMA foreign_key_check').all(),
  ]
  result.corrupt += wrong.length
  for (const row of wrong) progress(`corrupt: ${JSON.stringify(row)}`)
}
