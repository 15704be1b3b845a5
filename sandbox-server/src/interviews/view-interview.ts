/** A running interview as its learner may see it: the question that is asked, and of what was answered nothing but the rubric of a free one. */
import { asQuestion, type Banked } from '@drydock/kit/quiz'
import type { InterviewView } from '../contract/interviews.ts'
import type { InterviewAnswerRecord, InterviewRecord } from '../database/interview-store.ts'
import type { Lab } from '../grading/lab.ts'
import { outlineLab } from '../grading/outline-lab.ts'
import { judge, viewQuestion } from '../quizzes/view-quiz.ts'

export interface Standing {
  record: InterviewRecord
  bank: ReadonlyMap<string, Banked>
  labs: ReadonlyMap<string, Lab>
  now: number
  /** To the question that is asked now: a free one, still to be rated. */
  answer?: InterviewAnswerRecord
}

export function viewInterview({ record, bank, labs, now, answer }: Standing): InterviewView {
  const { id, level, topics, minutes, began_at, ends_at, plan, finished_at } = record
  const current = finished_at === null ? viewCurrent({ record, bank, labs, now, ...(answer ? { answer } : {}) }) : null
  return { id, level, topics, minutes, began_at, ends_at, now, questions: plan.length, current }
}

function viewCurrent({ record, bank, labs, answer }: Standing): InterviewView['current'] {
  const { turn, plan, seed, live } = record
  const asked = bank.get(plan[turn]!)
  if (!asked) return null
  const common = { turn, topic: asked.topic, level: asked.level, text: asked.text }
  if (asked.form === 'live') {
    const { began_at = null, ends_at = null } = live ?? {}
    const lab = outlineLab(labs.get(asked.lab)!)
    return { ...common, question: null, live: { lab, minutes: asked.minutes, began_at, ends_at }, rate: null }
  }
  const question = asQuestion(asked)
  const given = answer?.answer && answer.answer.form !== 'live' ? { ...answer, answer: answer.answer } : undefined
  const rate = given ? judge(question, given) : null
  return { ...common, question: viewQuestion(`turn-${turn}`, question, seed), live: null, rate }
}
