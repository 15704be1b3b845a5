/** A quiz as a learner may see it: shuffled, and without what is right and why until they have answered. */
import type { Question, Quiz, QuizAnswer } from '@drydock/kit/quiz-schema'
import { gradeAnswer } from '@drydock/kit/quiz'
import type { Choice, QuestionView, QuizView, Verdict } from '../contract/quizzes.ts'
import type { AnswerRecord } from '../database/quiz-store.ts'
import { disorder, shuffle } from './shuffle.ts'

export function viewQuiz(lesson: string, quiz: Quiz, seed: number, last: ReadonlyMap<string, AnswerRecord>): QuizView {
  const questions = Object.entries(quiz.questions).map(([id, question]) =>
    viewQuestion(id, question, seed, last.get(id)),
  )
  return { lesson, seed, questions }
}

/** An answer as it was kept; null when the question was passed over. */
export type KeptAnswer = Pick<AnswerRecord, 'id' | 'at' | 'points'> & { answer: QuizAnswer | null }

/** What is said to an answer that was kept; null when the question has changed so that it does not fit any more. */
export function judge(question: Question, record: KeptAnswer): Verdict | null {
  try {
    const { id, at, answer, points } = record
    const { source = null, proof = null } = question
    const rubric = question.form === 'free' ? texts(question.rubric) : null
    return { id, at, answer, ...copyGrade(question, answer), source, proof, rubric, points }
  } catch {
    return null
  }
}

function copyGrade(question: Question, answer: QuizAnswer | null) {
  const { correct, key, whys, remarks } = gradeAnswer(question, answer)
  return { correct, key, whys: { ...whys }, remarks: [...remarks] }
}

/** `record`: the last answer, where it is to be shown with the question. */
export function viewQuestion(id: string, question: Question, seed: number, record?: KeptAnswer): QuestionView {
  const { level, text, show = null } = question
  const common = { id, level, text, show, last: record ? judge(question, record) : null }
  switch (question.form) {
    case 'single':
    case 'multiple':
      return { form: question.form, ...common, options: shuffle(texts(question.options), seed, id) }
    case 'order':
      return { form: 'order', ...common, steps: disorder(texts(question.steps), seed, id) }
    case 'match': {
      const terms = shuffle(texts(question.terms), seed, `${id}/terms`)
      return { form: 'match', ...common, terms, meanings: shuffle(texts(question.meanings), seed, `${id}/meanings`) }
    }
    case 'line':
      return { form: 'line', ...common, language: question.language, lines: texts(question.lines) }
    case 'output':
    case 'command':
    case 'free':
      return { form: question.form, ...common }
  }
}

const texts = (all: Readonly<Record<string, string | { text: string }>>): Choice[] =>
  Object.entries(all).map(([id, each]) => ({ id, text: typeof each === 'string' ? each : each.text }))
