/** A learner who writes without end while the server is killed: questions after lessons, practice, mock interviews; and notes what was acknowledged. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type {
  InterviewView,
  NextItemView,
  QuestionView,
  QuizAnswer,
  QuizView,
  Verdict,
} from '@drydock/sandbox-server/contract'
import type { Learner } from '../../harness/learner.ts'

export const answerTables = ['quiz_answers', 'practice_reviews', 'interview_answers'] as const
export type AnswerTable = (typeof answerTables)[number]

/** An answer as it was sent. */
export interface Sent {
  table: AnswerTable
  /** What else its row says. */
  row: Readonly<Record<string, string | number>>
  answer: QuizAnswer
  acknowledged: boolean
  /** Of a free answer: the points that were acknowledged. */
  points: string[] | null
}

export interface Writer {
  learner: Learner
  /** Under which the database knows them, once it does. */
  id: string | null
  /** By id. */
  sent: Map<string, Sent>
  /** Interviews whose beginning was acknowledged. */
  interviews: string[]
  left: 'no' | 'asked' | 'yes'
}

export const createWriter = (learner: Learner): Writer => ({
  ...{ learner, id: null, sent: new Map(), interviews: [], left: 'no' },
})

/** One more answer, of each kind in turn. False: the server is not there any more. */
export async function writeOne(writer: Writer, i: number, quizzes: readonly QuizView[]): Promise<boolean> {
  const kinds = [answerQuiz, practise, answerInterview]
  return await kinds[i % kinds.length]!(writer, Math.floor(i / kinds.length), quizzes)
}

async function answerQuiz(writer: Writer, i: number, quizzes: readonly QuizView[]): Promise<boolean> {
  const questions = quizzes.flatMap(({ lesson, questions: each }) => each.map((question) => ({ lesson, question })))
  const { lesson, question } = questions[i % questions.length]!
  const at = `/api/quizzes/${lesson}/${question.id}`
  const row = { lesson, question: question.id }
  return await sendAndRate(writer, { table: 'quiz_answers', row, question, i }, (id, answer) => ({
    send: [`${at}/answers`, { id, answer }],
    rate: [`${at}/points`, { id }],
    verdictOf: (body) => body as Verdict,
  }))
}

async function practise(writer: Writer, i: number): Promise<boolean> {
  const next = await ask<NextItemView>(writer, 'GET', '/api/practice/next?of=new&seed=1')
  if (!next?.item) return next !== null
  const { item, turn, question } = next.item
  return await sendAndRate(writer, { table: 'practice_reviews', row: { item, turn }, question, i }, (id, answer) => ({
    send: ['/api/practice/answers', { id, item, turn, answer, ms: i }],
    rate: ['/api/practice/points', { id }],
    verdictOf: (body) => (body as { verdict: Verdict }).verdict,
  }))
}

async function answerInterview(writer: Writer, i: number): Promise<boolean> {
  const interview = writer.interviews.at(-1)
  const view =
    interview === undefined ? undefined : await ask<InterviewView>(writer, 'GET', `/api/interviews/${interview}`)
  if (view === null) return false
  if (!view?.current?.question) {
    const wish = { topics: ['layers', 'volumes', 'networks', 'compose'], level: 'mid', minutes: 60, live: false }
    const begun = await ask<InterviewView>(writer, 'POST', '/api/interviews', { ...wish, replace: true })
    if (begun) writer.interviews.push(begun.id)
    return begun !== null
  }
  const { turn, question } = view.current
  const at = `/api/interviews/${view.id}`
  const row = { interview: view.id, turn }
  return await sendAndRate(writer, { table: 'interview_answers', row, question, i }, (id, answer) => ({
    send: [`${at}/answers`, { id, turn, answer }],
    rate: [`${at}/points`, { turn }],
    verdictOf: (body) => (body as InterviewView).current?.rate,
  }))
}

interface Way {
  send: [path: string, body: object]
  rate: [path: string, body: object]
  verdictOf: (body: unknown) => Verdict | null | undefined
}

async function sendAndRate(
  writer: Writer,
  { table, row, question, i }: { table: AnswerTable; row: Sent['row']; question: QuestionView; i: number },
  way: (id: string, answer: QuizAnswer) => Way,
): Promise<boolean> {
  const id = randomUUID()
  const answer = answerTo(question, i)
  const sent: Sent = { table, row, answer, acknowledged: false, points: null }
  writer.sent.set(id, sent)
  const { send, rate, verdictOf } = way(id, answer)
  const said = await ask<unknown>(writer, 'POST', ...send)
  if (said === null) return false
  sent.acknowledged = true
  const verdict = verdictOf(said)
  if (question.form !== 'free' || !verdict?.rubric) return true
  const points = verdict.rubric.slice(0, 1 + (i % 2)).map((point) => point.id)
  const rated = await ask<unknown>(writer, 'PUT', rate[0], { ...rate[1], points })
  if (rated !== null) sent.points = points
  return rated !== null
}

/** Null: it was not acknowledged. What is refused is a fault of the test. */
async function ask<T>({ learner, ...writer }: Writer, method: string, path: string, body?: object): Promise<T | null> {
  const said = await learner.request<T>(method, path, body).catch(() => null)
  if (said && said.status < 500 && said.status >= 400 && writer.left === 'no')
    throw new Error(`${method} ${path}: ${said.status} ${JSON.stringify(said.body)}`)
  return said && said.status < 300 ? said.body : null
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

export interface Stored extends Record<string, unknown> {
  learner: string
  id: string
  answer: string | null
  points: string | null
}

export const isStored = ({ row, answer, points }: Sent, stored: Stored | undefined): boolean =>
  stored !== undefined &&
  Object.entries(row).every(([column, value]) => stored[column] === value) &&
  isDeepStrictEqual(JSON.parse(stored.answer ?? 'null'), answer) &&
  (points === null || isDeepStrictEqual(JSON.parse(stored.points ?? 'null'), points))
