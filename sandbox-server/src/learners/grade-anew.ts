/** A file may say of its answers what it likes: what can be graded here is; pure. What it says of labs is taken as it is, and is its learner's alone. */
import { asQuestion, gradeAnswer } from '@drydock/kit/quiz'
import type { Question, QuizAnswer } from '@drydock/kit/quiz-schema'
import type { LearnerExport } from '../contract/learner-export.ts'
import { tasksOf } from '../interviews/interviews.ts'
import { findItem, quizItem, type ItemSources } from '../practice/items.ts'
import { recallOfPoints } from '../practice/schedule.ts'

type InterviewAnswer = LearnerExport['interviews'][number]['answers'][number]

export function gradeAnew(file: LearnerExport, sources: ItemSources): LearnerExport {
  return {
    ...file,
    answers: file.answers.map((each) => {
      const correct = grade(findItem(sources, quizItem(each.lesson, each.question))?.question, each.answer)
      return correct === undefined ? each : { ...each, correct }
    }),
    reviews: file.reviews.map((each) => {
      const question = findItem(sources, each.item)?.question
      const correct = grade(question, each.answer)
      if (correct !== null) return correct === undefined ? each : { ...each, correct }
      const { made, all } = countPoints(question, each.points)
      return { ...each, correct: each.points === null ? null : recallOfPoints(made, all) !== 'again' }
    }),
    interviews: file.interviews.map((each) => ({
      ...each,
      answers: each.answers.map((one) => ({ ...one, percent: percentOf(one, sources) })),
    })),
  }
}

function percentOf({ question: name, answer, points, percent }: InterviewAnswer, { bank, labs }: ItemSources) {
  const question = bank.get(name)
  if (!question) return percent
  if (answer === null) return 0
  if (question.form === 'live') {
    const tasks = tasksOf(labs.get(question.lab))
    if (answer.form !== 'live' || tasks.length === 0) return percent
    return Math.round((100 * tasks.filter((task) => answer.passed.includes(task)).length) / tasks.length)
  }
  const asked = asQuestion(question)
  const correct = answer.form === 'live' ? undefined : grade(asked, answer)
  if (correct === undefined) return percent
  if (correct !== null) return correct ? 100 : 0
  const { made, all } = countPoints(asked, points)
  return points === null ? null : Math.round((100 * made) / all)
}

/** Undefined: the question is not known here, or has changed since. Null: only the learner can say. */
function grade(question: Question | undefined, answer: QuizAnswer | null): boolean | null | undefined {
  try {
    return question && gradeAnswer(question, answer).correct
  } catch {
    return undefined
  }
}

function countPoints(question: Question | undefined, points: readonly string[] | null) {
  const rubric = question?.form === 'free' ? Object.keys(question.rubric) : []
  return { made: rubric.filter((point) => points?.includes(point)).length, all: rubric.length }
}
