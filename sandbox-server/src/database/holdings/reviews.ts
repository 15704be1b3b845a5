/** Answers in practice. Those of two learners to one question are put in one order by time and counted anew, so that none is lost. */
import type { QuizAnswer } from '@drydock/kit/quiz-schema'
import type { ExportParts } from '../../contract/learner-export.ts'
import type { Database } from '../open-database.ts'
import { parseIds } from '../session-store.ts'
import type { Holding } from './holding.ts'

type Review = ExportParts['reviews'][number]

export const reviews: Holding<Review[]> = {
  async read(db, learner) {
    const query = db.selectFrom('practice_reviews').selectAll().where('learner', '=', learner)
    const rows = await query.orderBy('item').orderBy('turn').execute()
    return rows.map(({ id, item, answer, correct, points, before, ms, at }) => ({
      ...{ id, item, ms, at },
      answer: answer === null ? null : (JSON.parse(answer) as QuizAnswer),
      correct: correct === null ? null : correct === 1,
      points: points === null ? null : parseIds(points),
      before: before === null ? null : (JSON.parse(before) as Review['before']),
    }))
  },
  async take(db, learner, given) {
    const mine = await reviews.read(db, learner)
    const known = new Map(mine.map((review) => [review.id, review]))
    const fresh = new Map<string, Review>()
    for (const review of given) if (!known.has(review.id)) fresh.set(review.id, review)
    const [before, added] = [known, fresh].map((each) => Map.groupBy(each.values(), ({ item }) => item))
    for (const [item, more] of added ?? []) await replace(db, learner, item, [...(before?.get(item) ?? []), ...more])
  },
  join: async (db, from, to) => reviews.take(db, to, await reviews.read(db, from)),
}

async function replace(db: Database, learner: string, item: string, all: readonly Review[]): Promise<void> {
  const ofItem = { learner, item }
  await db
    .deleteFrom('practice_reviews')
    .where((eb) => eb.and(ofItem))
    .execute()
  // Sorting keeps the order of what has the same time.
  for (const [turn, review] of all.toSorted((a, b) => a.at - b.at).entries()) {
    const { answer, correct, points, before, ...rest } = review
    const text = (value: unknown) => (value === null ? null : JSON.stringify(value))
    const row = { answer: text(answer), points: text(points), before: text(before) }
    await db
      .insertInto('practice_reviews')
      .values({ learner, ...rest, turn, ...row, correct: correct === null ? null : correct ? 1 : 0 })
      .execute()
  }
  await db
    .updateTable('practice_cards')
    .set({ turn: all.length })
    .where((eb) => eb.and(ofItem))
    .where('turn', '<', all.length)
    .execute()
}
