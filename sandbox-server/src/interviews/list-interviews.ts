/** The interviews of one learner, and what the bank has for another one; pure. */
import type { Banked } from '@drydock/kit/quiz'
import { quizLevels } from '@drydock/kit/quiz-schema'
import type { InterviewList } from '../contract/interviews.ts'
import type { InterviewAnswerRecord, InterviewRecord } from '../database/interview-store.ts'

export function listInterviews(
  records: readonly InterviewRecord[],
  finished: readonly { record: InterviewRecord; answers: readonly InterviewAnswerRecord[] }[],
  bank: ReadonlyMap<string, Banked>,
): InterviewList {
  const all = [...bank.values()]
  return {
    running: records.find(({ finished_at }) => finished_at === null)?.id ?? null,
    finished: finished.map(({ record: { id, level, minutes, began_at }, answers }) => {
      const judged = answers.flatMap(({ percent }) => percent ?? [])
      const score = judged.length === 0 ? null : judged.reduce((sum, each) => sum + each, 0) / judged.length / 100
      return { id, level, minutes, began_at, score }
    }),
    bank: [...new Set(all.map(({ topic }) => topic))].map((topic) => {
      const ofTopic = all.filter((each) => each.topic === topic)
      const count = (level: string) => ofTopic.filter((each) => each.level === level && each.form !== 'live').length
      const questions = Object.fromEntries(
        quizLevels.map((level) => [level, count(level)]),
      ) as InterviewList['bank'][number]['questions']
      return { topic, questions, live: ofTopic.filter(({ form }) => form === 'live').length }
    }),
  }
}
