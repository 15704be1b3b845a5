/**
 * Rounds in which the server is killed with `kill -9` in the middle of answers that learners send (after lessons, in practice and in
 * interviews) and of learners who leave, and now and then the database with it. Whatever was acknowledged must be there afterwards as it
 * was sent, and what was removed must be gone. Read from backups that are made under the same load. Shared by the test and the soak run;
 * the seed says when. Hints and tasks, which need a lab, are in lifecycle-rounds.ts.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { QuizView } from '@drydock/sandbox-server/contract'
import type { BareServer } from '../../harness/bare-server.ts'
import type { Learner } from '../../harness/learner.ts'
import { repository } from '../../harness/platform.ts'
import type { Postgres } from '../../harness/postgres.ts'
import {
  answerTables,
  createWriter,
  isStored,
  writeOne,
  type AnswerTable,
  type Sent,
  type Stored,
  type Writer,
} from './data-writer.ts'
import { createRandom } from '../random.ts'

export interface DataResult {
  /** Answers, ratings, beginnings of interviews and leavings that the server said it has. */
  acknowledged: number
  /** Of these, what is not there, or not as it was sent. */
  lost: number
  /** Rows that nobody sent. */
  invented: number
  /** What integrity_check and foreign_key_check find, in the database and in each backup. */
  corrupt: number
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
    const begun = Array.from({ length: writers }, () => createWriter(server.learner()))
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
  for (const { sent, interviews, left } of all) {
    result.acknowledged += left === 'yes' ? 1 : 0
    result.acknowledged += interviews.length
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
  let failure: unknown
  const write = async (writer: Writer): Promise<void> => {
    for (let i = 0; await writeOne(writer, i, quizzes); i++) {
      acknowledged++
      // The cookie is `<learner>.<time>.<signature>`, and goes when they leave.
      writer.id ??= /=([0-9a-f]{24})\./.exec(writer.learner.cookie)?.[1] ?? null
      if (writer.id === null) throw new Error(`no learner is named in '${writer.learner.cookie}'`)
    }
  }
  const running = all.map((writer) => write(writer).catch((error: unknown) => void (failure = error)))
  return {
    async reached(count: number): Promise<void> {
      const until = Date.now() + 30_000
      while (acknowledged < count) {
        if (failure !== undefined) throw new Error('a writer was refused', { cause: failure })
        if (Date.now() > until) throw new Error(`${acknowledged} of ${count} answers were taken within 30 s`)
        await delay(1)
      }
    },
    async stopped(): Promise<void> {
      await Promise.all(running)
      if (failure !== undefined) throw new Error('a writer was refused', { cause: failure })
    },
  }
}

async function leave(writer: Writer): Promise<void> {
  writer.left = 'asked'
  const answer = await writer.learner.request('DELETE', '/api/learner').catch(() => null)
  if (answer?.status === 204) writer.left = 'yes'
}

/** Everything that was acknowledged before it was begun is in it, and nothing that nobody sent. */
async function checkBackup(
  server: BareServer,
  all: readonly Writer[],
  result: DataResult,
  progress: (text: string) => void,
): Promise<void> {
  const due = all.map((writer) => ({
    writer,
    id: writer.id,
    left: writer.left,
    answers: snapshot(writer),
    begun: [...writer.interviews],
  }))
  const file = path.join(server.instance.state, `check-${randomUUID()}.backup`)
  const script = path.join(repository, 'sandbox-server/src/backup-main.ts')
  await promisify(execFile)(process.execPath, [script, 'backup', file], { env: { ...process.env, ...server.env } })
  using db = new DatabaseSync(file)
  findCorruption(db, result, progress)
  const read = (table: string) => db.prepare(`SELECT * FROM ${table}`).all() as unknown as Stored[]
  const tables = Object.fromEntries(answerTables.map((table) => [table, read(table)])) as Record<AnswerTable, Stored[]>
  const rows = answerTables.flatMap((table) => tables[table])
  const stored = new Map(
    answerTables.flatMap((table) => tables[table].map((row) => [`${table} ${row.learner} ${row.id}`, row])),
  )
  // What comes with an answer in one transaction, or before one.
  const cards = new Map(read('practice_cards').map((card) => [`${card.learner} ${String(card.item)}`, card]))
  const interviews = new Set(read('interviews').map((each) => `${each.learner} ${each.id}`))
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
  for (const { writer, id, left, answers, begun } of due) {
    if (id === null) continue
    if (left === 'yes' && (people.has(id) || rows.some((row) => row.learner === id))) lose(`the leaving of ${id}`)
    if (writer.left !== 'no') continue
    for (const [key, sent] of answers) {
      if (!isStored(sent, stored.get(`${sent.table} ${id} ${key}`))) lose(`${key} of ${id} in ${sent.table}`)
      const { item, turn } = sent.row
      if (sent.table === 'practice_reviews' && !(Number(cards.get(`${id} ${item}`)?.turn) > Number(turn)))
        lose(`the card of ${key} of ${id}`)
    }
    for (const interview of begun) if (!interviews.has(`${id} ${interview}`)) lose(`interview ${interview} of ${id}`)
  }
  const sent = new Set(all.flatMap((writer) => [...writer.sent.keys()]))
  for (const { id, learner } of rows)
    if (!sent.has(id)) {
      result.invented++
      progress(`nobody sent ${id} of ${learner}`)
    }
  rmSync(file)
}

const snapshot = ({ sent }: Writer): [string, Sent][] =>
  [...sent].flatMap(([key, each]): [string, Sent][] => (each.acknowledged ? [[key, { ...each }]] : []))

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
