/** What can be practised: questions of the bank, questions after lessons, tasks of labs; each as a question that can be asked and graded. */
import type { Spoken } from '@drydock/kit/bank-schema'
import { asQuestion, type Banked } from '@drydock/kit/quiz'
import type { Question, Quiz } from '@drydock/kit/quiz-schema'
import { leaveOpen } from '@drydock/kit/schema'
import { showScript } from '@drydock/kit/catalogue'
import type { ItemOrigin } from '../contract/practice.ts'
import { findTask, type Lab } from '../grading/lab.ts'

export interface Item {
  id: string
  origin: ItemOrigin
  topic: string
  lesson: string | null
  question: Question
  spoken: Spoken | null
}

export interface ItemSources {
  bank: ReadonlyMap<string, Banked>
  quizzes: ReadonlyMap<string, Quiz>
  labs: ReadonlyMap<string, Lab>
}

export const bankItem = (question: string) => `bank:${question}`
export const quizItem = (lesson: string, question: string) => `quiz:${lesson}:${question}`
export const taskItem = (lab: string, task: string) => `task:${lab}:${task}`

/** Undefined: there is no such thing, or not any more. */
export function findItem({ bank, quizzes, labs }: ItemSources, id: string): Item | undefined {
  const [origin, place = '', name = ''] = id.split(':')
  if (origin === 'bank') return fromBank(id, bank.get(place))
  const topic = place.split('/')[0]!
  if (origin === 'quiz') {
    const quiz = quizzes.get(place)
    if (!quiz || !Object.hasOwn(quiz.questions, name)) return undefined
    return { id, origin, topic, lesson: place, question: quiz.questions[name]!, spoken: null }
  }
  const lab = labs.get(place)
  const question = lab && askTask(lab, name)
  return question && { id, origin: 'task', topic, lesson: place, question, spoken: null }
}

function fromBank(id: string, question: Banked | undefined): Item | undefined {
  if (!question || question.form === 'live') return undefined
  const { topic, lesson, spoken } = question
  return { id, origin: 'bank', topic, lesson, question: asQuestion(question), spoken }
}

/** The task as somebody would ask for it who has no machine at hand. Undefined for a task that has no solution to tell. */
function askTask(lab: Lab, id: string): Question | undefined {
  const task = findTask(lab, id)
  const step = lab.solution.find((each) => each.task === id)
  if (!task || !step) return undefined
  const { title, values } = lab.manifest
  const names = Object.keys(values)
  const open = Object.fromEntries(names.map((name) => [name, '…']))
  return {
    form: 'free',
    level: 'mid',
    text: `In the lab "${title}" this was asked for: ${leaveOpen(task.goal, names)} What do you type, and why does it work?`,
    rubric: {
      way: 'My commands lead there',
      reason: 'I can say why they do',
    },
    model: `${step.why}\n\n${showScript(step.script, open).trim()}`,
  }
}
