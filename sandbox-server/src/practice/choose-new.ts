/** Which questions of the bank a learner has not met, in the order in which they are offered; pure. */
import { createHash } from 'node:crypto'
import type { Banked } from '@drydock/kit/quiz'
import { quizLevels } from '@drydock/kit/quiz-schema'

export interface NewWish {
  topic?: string | undefined
  level?: string | undefined
}

/** `known`: ids of questions that they have met. Easy ones first, each learner in an order of their own. */
export function chooseNew(
  bank: ReadonlyMap<string, Banked>,
  known: ReadonlySet<string>,
  learner: string,
  { topic, level }: NewWish,
): string[] {
  const weigh = (id: string) => createHash('sha256').update(`${learner}/${id}`).digest('hex')
  return [...bank]
    .filter(([id, each]) => each.form !== 'live' && !known.has(id))
    .filter(
      ([, each]) => (topic === undefined || each.topic === topic) && (level === undefined || each.level === level),
    )
    .map(([id, each]) => ({ id, key: `${quizLevels.indexOf(each.level)}/${weigh(id)}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id)
}
