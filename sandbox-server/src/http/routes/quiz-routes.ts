/** The questions after a lesson: what is asked, what is said to an answer, and how a free answer is rated. */
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Question, Quiz } from '@drydock/kit/quiz-schema'
import { quizSeed, quizView, ratePoints, sendAnswer, verdict, type Verdict } from '../../contract/quizzes.ts'
import type { AnswerRecord, QuizStore } from '../../database/quiz-store.ts'
import { checkPoints, gradeSent } from '../../quizzes/grade.ts'
import { judge, viewQuiz } from '../../quizzes/view-quiz.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const lessonParams = z.object({ topic: z.string().max(100), lesson: z.string().max(100) })
const questionParams = lessonParams.extend({ question: z.string().max(100) })

export interface QuizParts {
  /** By the id of their lesson. */
  quizzes: ReadonlyMap<string, Quiz>
  answers: QuizStore
}

export function registerQuizRoutes(app: App, { cookies, now }: RouteContext, { quizzes, answers }: QuizParts): void {
  const findQuiz = ({ topic, lesson }: z.infer<typeof lessonParams>) => {
    const id = `${topic}/${lesson}`
    const quiz = quizzes.get(id)
    if (!quiz) throw new Refusal('QUIZ_UNKNOWN')
    return { id, quiz }
  }
  const findQuestion = (params: z.infer<typeof questionParams>) => {
    const { id: lesson, quiz } = findQuiz(params)
    if (!Object.hasOwn(quiz.questions, params.question)) throw new Refusal('QUESTION_UNKNOWN')
    return { lesson, question: quiz.questions[params.question]! }
  }

  const look = { schema: { params: lessonParams, querystring: quizSeed, response: { 200: quizView, ...refusals } } }
  app.get('/api/quizzes/:topic/:lesson', look, async (request, reply) => {
    const { id, quiz } = findQuiz(request.params)
    const last = await answers.last(cookies.welcome(request, reply), id)
    return viewQuiz(id, quiz, request.query.seed ?? randomInt(0xffff_ffff), last)
  })

  const send = { schema: { params: questionParams, body: sendAnswer, response: { 200: verdict, ...refusals } } }
  app.post('/api/quizzes/:topic/:lesson/:question/answers', send, async (request, reply) => {
    const { lesson, question } = findQuestion(request.params)
    const { id, answer } = request.body
    const correct = gradeSent(question, answer)
    const learner = await cookies.enrol(request, reply)
    const record = { id, lesson, question: request.params.question, answer, correct, points: null, at: now() }
    await answers.add(learner, record)
    return said(question, await answers.find(learner, id), request.params.question, lesson)
  })

  const rate = { schema: { params: questionParams, body: ratePoints, response: { 200: verdict, ...refusals } } }
  app.put('/api/quizzes/:topic/:lesson/:question/points', rate, async (request) => {
    const { lesson, question } = findQuestion(request.params)
    const learner = cookies.require(request)
    const { id, points } = request.body
    checkPoints(question, points)
    said(question, await answers.find(learner, id), request.params.question, lesson)
    await answers.rate(learner, id, points)
    return said(question, await answers.find(learner, id), request.params.question, lesson)
  })
}

/** An id that was used for another question, or that nobody used, has no verdict here. */
function said(question: Question, record: AnswerRecord | undefined, name: string, lesson: string): Verdict {
  const fits = record?.lesson === lesson && record.question === name
  const answer = fits ? judge(question, record) : null
  if (!answer) throw new Refusal('BAD_REQUEST', 'The id is not that of an answer to this question.')
  return answer
}
