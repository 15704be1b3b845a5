/** Grades what came over the network: an answer that does not fit its question is refused with the reason. */
import { AnswerUnfit, gradeAnswer } from '@drydock/kit/quiz'
import type { Question, QuizAnswer } from '@drydock/kit/quiz-schema'
import { Refusal } from '../refusal.ts'

/** Null: only the learner can say. */
export function gradeSent(question: Question, answer: QuizAnswer | null): boolean | null {
  try {
    return gradeAnswer(question, answer).correct
  } catch (error) {
    if (error instanceof AnswerUnfit)
      throw new Refusal('BAD_REQUEST', `This is no answer to this question: ${error.message}.`)
    throw error
  }
}

/** Points are those of the question's rubric, each once. */
export function checkPoints(question: Question, points: readonly string[]): void {
  const rubric = question.form === 'free' ? Object.keys(question.rubric) : []
  if (points.some((point) => !rubric.includes(point)) || new Set(points).size !== points.length)
    throw new Refusal('BAD_REQUEST', `The points are those of the rubric, each once: ${rubric.join(', ') || 'none'}.`)
}
