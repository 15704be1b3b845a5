/** Cards, their reviews, and whether a learner wants more of them, as the database keeps them. */
import type { QuizAnswer } from '@drydock/kit/quiz-schema'
import type { Selectable } from 'kysely'
import type { Database } from './open-database.ts'
import { parseIds } from './session-store.ts'
import type { Tables } from './tables.ts'

export type CardRecord = Omit<Selectable<Tables['practice_cards']>, 'learner' | 'at'>

export interface ReviewRecord {
  id: string
  item: string
  turn: number
  /** Null: passed over. */
  answer: QuizAnswer | null
  /** Null: a free answer that is still to be rated. */
  correct: boolean | null
  points: string[] | null
  /** The card's memory before it. */
  before: string | null
  ms: number
  at: number
}

/** What a card is after a review. */
export type CardChange = Pick<CardRecord, 'memory' | 'due' | 'reviewed_at'>

/** So many answers of one learner to one thing are kept, the newest. */
export const keptReviews = 50

export type CardStore = ReturnType<typeof createCardStore>

export function createCardStore(db: Database) {
  return {
    /** Null: not asked yet. */
    async collects(learner: string): Promise<boolean | null> {
      const query = db.selectFrom('practice_choices').select('collect').where('learner', '=', learner)
      const row = await query.executeTakeFirst()
      return row ? row.collect === 1 : null
    },
    /** Who does not want it any more loses the cards that came of it. */
    async setCollects(learner: string, collect: boolean, at: number): Promise<void> {
      const change = { collect: collect ? 1 : 0, at }
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('practice_choices')
          .values({ learner, ...change })
          .onConflict((c) => c.column('learner').doUpdateSet(change))
          .execute()
        if (collect) return
        const mistake = tx.deleteFrom('practice_cards').where('learner', '=', learner)
        await mistake.where((eb) => eb('item', 'not like', 'bank:%').or('turn', '=', 0)).execute()
        const review = tx.deleteFrom('practice_reviews').where('learner', '=', learner)
        await review.where('item', 'not like', 'bank:%').execute()
      })
    },
    async ofLearner(learner: string): Promise<CardRecord[]> {
      return await db
        .selectFrom('practice_cards')
        .select(['item', 'memory', 'due', 'reviewed_at', 'turn'])
        .where('learner', '=', learner)
        .orderBy('due')
        .orderBy('item')
        .execute()
    },
    /** Those that are cards already stay as they are. */
    async add(learner: string, items: readonly string[], at: number): Promise<void> {
      if (items.length === 0) return
      const fresh = { memory: null, due: at, reviewed_at: null, turn: 0, at }
      await db
        .insertInto('practice_cards')
        .values(items.map((item) => ({ learner, item, ...fresh })))
        .onConflict((c) => c.columns(['learner', 'item']).doNothing())
        .execute()
    },
    /** False, and nothing is changed: this id was used before, or somebody answered this turn already. */
    async record(learner: string, review: ReviewRecord, change: CardChange): Promise<boolean> {
      const { answer, correct, points, ...rest } = review
      return await db.transaction().execute(async (tx) => {
        const added = await tx
          .insertInto('practice_reviews')
          .values({
            ...{ learner, ...rest, answer: answer && JSON.stringify(answer) },
            correct: correct === null ? null : correct ? 1 : 0,
            points: points && JSON.stringify(points),
          })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst()
        if (added.numInsertedOrUpdatedRows !== 1n) return false
        await tx
          .deleteFrom('practice_reviews')
          .where((eb) => eb.and({ learner, item: review.item }))
          .where('turn', '<=', review.turn - keptReviews)
          .execute()
        const row = { ...change, turn: review.turn + 1 }
        await tx
          .insertInto('practice_cards')
          .values({ learner, item: review.item, at: review.at, ...row })
          .onConflict((c) => c.columns(['learner', 'item']).doUpdateSet(row))
          .execute()
        return true
      })
    },
    async find(learner: string, id: string): Promise<ReviewRecord | undefined> {
      const query = db.selectFrom('practice_reviews').selectAll().where('learner', '=', learner).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row && readReview(row)
    },
    /** A free answer is rated, and with it the card, unless that was answered again since. */
    async rate(
      learner: string,
      { id, item, turn }: ReviewRecord,
      points: readonly string[],
      correct: boolean,
      change: CardChange,
    ): Promise<void> {
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('practice_reviews')
          .set({ points: JSON.stringify(points), correct: correct ? 1 : 0 })
          .where('learner', '=', learner)
          .where('id', '=', id)
          .execute()
        await tx
          .updateTable('practice_cards')
          .set(change)
          .where((eb) => eb.and({ learner, item, turn: turn + 1 }))
          .execute()
      })
    },
    async reviews(learner: string): Promise<{ item: string; correct: number | null; at: number }[]> {
      const query = db.selectFrom('practice_reviews').select(['item', 'correct', 'at'])
      return await query.where('learner', '=', learner).execute()
    },
  }
}

function readReview(row: Selectable<Tables['practice_reviews']>): ReviewRecord {
  const { id, item, turn, answer, correct, points, before, ms, at } = row
  return {
    ...{ id, item, turn, before, ms, at },
    answer: answer === null ? null : (JSON.parse(answer) as QuizAnswer),
    correct: correct === null ? null : correct === 1,
    points: points === null ? null : parseIds(points),
  }
}
