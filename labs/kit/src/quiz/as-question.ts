/** A question of the bank as the quizzes know questions, to be asked, graded and linted like theirs; pure. */
import type { BankQuestion, LiveQuestion } from '../bank-schema.ts'
import type { Question } from '../quiz-schema.ts'

export function asQuestion(question: Exclude<BankQuestion, LiveQuestion>): Question {
  return question.form === 'free' ? { ...question, model: question.spoken.senior } : question
}
