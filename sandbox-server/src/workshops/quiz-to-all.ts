/** A question to the whole class: asked, answered once each, counted live, and resolved when it is closed. */
import { randomBytes, randomInt } from 'node:crypto'
import { gradeAnswer } from '@drydock/kit/quiz'
import type { Question, Quiz, QuizAnswer } from '@drydock/kit/quiz-schema'
import type { QuizState } from '../contract/workshop-wall.ts'
import type { ClassAnswer, ClassStore } from '../database/class-store.ts'
import type { QuizToAll } from '../database/workshop-store.ts'
import { gradeSent } from '../quizzes/grade.ts'
import { viewQuestion } from '../quizzes/view-quiz.ts'
import { Refusal } from '../refusal.ts'
import { present } from './describe-workshop.ts'
import type { Member, Room } from './room.ts'

export interface QuizToAllOptions {
  quizzes: ReadonlyMap<string, Quiz>
  classes: ClassStore
  now: () => number
}

export function createQuizzesToAll({ quizzes, classes, now }: QuizToAllOptions) {
  /** Ahead of what a server before this one has counted to. */
  let version = now()
  const find = (lesson: string, name: string): Question | undefined => {
    const questions = quizzes.get(lesson)?.questions
    return questions && Object.hasOwn(questions, name) ? questions[name] : undefined
  }
  /** Read once and added to: all pages of a class ask at each answer. A question that is closed is another key. */
  const known = new WeakMap<QuizToAll, Promise<ClassAnswer[]>>()
  async function allAnswers(quiz: QuizToAll): Promise<ClassAnswer[]> {
    const answers = known.get(quiz) ?? classes.answers(quiz.id)
    known.set(quiz, answers)
    answers.catch(() => known.delete(quiz))
    return await answers
  }
  /** Of those who are still there. */
  const answersOf = async ({ record: { quiz }, members }: Room) =>
    quiz ? (await allAnswers(quiz)).filter(({ member }) => members.has(member)) : []

  /** `knows`: the reader may know what is right. */
  function state(room: Room, answers: readonly ClassAnswer[], knows: boolean): QuizState | null {
    const { quiz } = room.record
    const question = quiz && find(quiz.lesson, quiz.question)
    if (!quiz || !question) return null
    const { id, lesson, asked_at, open } = quiz
    return {
      ...{ id, version: ++version, lesson, asked_at, open, question: viewQuestion(quiz.question, question, quiz.seed) },
      asked: present(room).filter((member) => member.state === 'admitted').length,
      answered: answers.length,
      // Who could know what is right from a count of ones would.
      right: knows ? answers.filter((each) => each.correct === true).length : 0,
      options: knows ? countOptions(question, answers) : [],
      key: knows ? keyOf(question) : [],
    }
  }

  return {
    answersOf,

    async ask(room: Room, by: string, lesson: string, name: string): Promise<void> {
      if (!find(lesson, name)) throw new Refusal(quizzes.has(lesson) ? 'QUESTION_UNKNOWN' : 'QUIZ_UNKNOWN')
      if (room.record.state === 'ended') throw new Refusal('WORKSHOP_OVER')
      await room.inTurn(async () => {
        const quiz = { id: randomBytes(8).toString('hex'), lesson, question: name, seed: randomInt(0xffff_ffff) }
        await room.change({ quiz: { ...quiz, asked_at: now(), open: true } })
        await room.note(by, null, { kind: 'quiz', lesson, question: name, is: 'asked' })
        room.events.publish({ type: 'quiz' })
      })
    },

    async close(room: Room, by: string): Promise<void> {
      await room.inTurn(async () => {
        const { quiz } = room.record
        if (!quiz) throw new Refusal('QUESTION_UNKNOWN', 'No question was asked.')
        if (!quiz.open) return
        await room.change({ quiz: { ...quiz, open: false } })
        await room.note(by, null, { kind: 'quiz', lesson: quiz.lesson, question: quiz.question, is: 'closed' })
        room.events.publish({ type: 'quiz' })
      })
    },

    async answer(room: Room, member: Member, id: string, answer: QuizAnswer): Promise<void> {
      const { quiz } = room.record
      const question = quiz && find(quiz.lesson, quiz.question)
      if (!quiz || !question || quiz.id !== id)
        throw new Refusal('QUESTION_UNKNOWN', 'This question is not asked any more.')
      if (!quiz.open) throw new Refusal('ALREADY_ANSWERED', 'This question was closed before your answer came.')
      if (member.state !== 'admitted') throw new Refusal('FORBIDDEN', 'You are not in this workshop yet.')
      const correct = gradeSent(question, answer)
      const answers = await allAnswers(quiz)
      const mine = { member: member.id, answer, correct }
      if (await classes.addAnswer(room.id, id, now(), mine)) answers.push(mine)
      room.events.publish({ type: 'quiz' })
    },

    forTeacher: async (room: Room) => state(room, await answersOf(room), true),
    /** What is right they learn when they have answered, or when it is closed. */
    async forMember(room: Room, member: Member) {
      const answers = await answersOf(room)
      const mine = answers.find((each) => each.member === member.id)
      const quiz = state(room, answers, mine !== undefined || room.record.quiz?.open === false)
      return { quiz, mine: mine ? { correct: mine.correct } : null }
    },
  }
}

/** Of forms where one chooses from a list. */
function countOptions(question: Question, answers: readonly ClassAnswer[]): QuizState['options'] {
  const ids =
    question.form === 'single' || question.form === 'multiple'
      ? Object.keys(question.options)
      : question.form === 'line'
        ? Object.keys(question.lines)
        : []
  const chosen = answers.flatMap(({ answer }) => chosenIn(answer))
  return ids.map((id) => ({ id, count: chosen.filter((each) => each === id).length }))
}

const chosenIn = (answer: QuizAnswer): string[] =>
  answer.form === 'single'
    ? [answer.option]
    : answer.form === 'multiple'
      ? answer.options
      : answer.form === 'line'
        ? [answer.line]
        : []

const keyOf = (question: Question): string[] => chosenIn(gradeAnswer(question, null).key)
