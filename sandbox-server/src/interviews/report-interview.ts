/** The report of an interview that is over: each question with what there was to say, and what it all shows. */
import { chooseValues } from '@drydock/kit/catalogue'
import { asQuestion, type Banked } from '@drydock/kit/quiz'
import { quizLevels } from '@drydock/kit/quiz-schema'
import { fillIn } from '@drydock/kit/schema'
import type { InterviewReport, ReportQuestion } from '../contract/interviews.ts'
import type { InterviewAnswerRecord, InterviewRecord } from '../database/interview-store.ts'
import type { Lab } from '../grading/lab.ts'
import { judge, viewQuestion } from '../quizzes/view-quiz.ts'
import { writeReport, type Asked } from './write-report.ts'

export interface Finished {
  record: InterviewRecord
  answers: readonly InterviewAnswerRecord[]
  bank: ReadonlyMap<string, Banked>
  labs: ReadonlyMap<string, Lab>
}

export function reportInterview({ record, answers, bank, labs }: Finished): InterviewReport {
  const { id, level, minutes, began_at, ends_at, finished_at, plan } = record
  const questions = plan.flatMap((name, turn) => {
    const asked = bank.get(name)
    const answer = answers.find((each) => each.turn === turn)
    return asked ? [reportQuestion(record, turn, asked, answer, labs)] : []
  })
  const labOf = (asked: Banked) => (asked.form === 'live' ? asked.lab : labs.has(asked.lesson) ? asked.lesson : null)
  const facts = questions.map((each): Asked => {
    const { topic, lesson, text, score, state, turn } = each
    const question = plan[turn]!
    return { question, topic, lesson, text, score, reached: state !== 'not-reached', lab: labOf(bank.get(question)!) }
  })
  const harder = [...bank].flatMap(([name, each]) =>
    !plan.includes(name) &&
    quizLevels.indexOf(each.level) >= quizLevels.indexOf(level) &&
    record.topics.includes(each.topic)
      ? { lesson: each.lesson, lab: labOf(each) }
      : [],
  )
  return {
    ...{ id, level, minutes, began_at, finished_at: finished_at ?? ends_at },
    ...writeReport(facts, harder),
    questions,
  }
}

function reportQuestion(
  { seed }: InterviewRecord,
  turn: number,
  asked: Banked,
  answer: InterviewAnswerRecord | undefined,
  labs: ReadonlyMap<string, Lab>,
): ReportQuestion {
  const { topic, lesson, level, text, spoken } = asked
  const common = {
    ...{ turn, topic, lesson, level, text, spoken },
    state: answer === undefined ? 'not-reached' : answer.answer === null ? 'passed-over' : 'answered',
    score: answer?.percent == null ? null : answer.percent / 100,
    ms: answer?.ms ?? null,
  } as const
  if (asked.form === 'live') {
    const lab = labs.get(asked.lab)
    return { ...common, question: null, verdict: null, live: lab ? reportLive(lab, answer) : null }
  }
  const question = asQuestion(asked)
  const given = answer?.answer?.form === 'live' ? null : (answer?.answer ?? null)
  const kept = { id: answer?.id ?? `turn-${turn}`, at: answer?.at ?? 0, points: answer?.points ?? null, answer: given }
  return {
    ...common,
    question: viewQuestion(`turn-${turn}`, question, seed),
    verdict: judge(question, kept),
    live: null,
  }
}

function reportLive(lab: Lab, answer: InterviewAnswerRecord | undefined): ReportQuestion['live'] {
  const { manifest } = lab
  const live = answer?.answer?.form === 'live' ? answer.answer : null
  const values = chooseValues(manifest, live?.seed ?? 0)
  const tell = (text: string) => fillIn(text, values)
  const { debrief } = manifest
  return {
    lab: lab.id,
    title: manifest.title,
    tasks: manifest.tasks
      .filter(({ type }) => type !== 'guard')
      .map(({ id, goal }) => ({ goal: tell(goal), passed: live?.passed.includes(id) ?? false })),
    debrief:
      debrief && live
        ? {
            ...{ cause: tell(debrief.cause), fix: tell(debrief.fix) },
            ...{ prevention: tell(debrief.prevention), early: tell(debrief.early) },
          }
        : null,
  }
}
