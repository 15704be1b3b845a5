/** Cards, and the choice that they may be made of mistakes. Of two cards to one question the one that was reviewed last holds. */
import type { ExportParts } from '../../contract/learner-export.ts'
import { createCardStore } from '../card-store.ts'
import type { Database } from '../open-database.ts'
import type { Holding } from './holding.ts'

type Card = ExportParts['cards'][number]

export const cards: Holding<Card[]> = {
  async read(db, learner) {
    const query = db.selectFrom('practice_cards').select(['item', 'memory', 'due', 'reviewed_at', 'turn', 'at'])
    const rows = await query.where('learner', '=', learner).orderBy('item').execute()
    return rows.map(({ memory, ...row }) => ({
      ...row,
      memory: memory === null ? null : (JSON.parse(memory) as Card['memory']),
    }))
  },
  async take(db, learner, given) {
    const known = new Map((await cards.read(db, learner)).map((card) => [card.item, card]))
    for (const card of given) {
      const mine = known.get(card.item)
      const turn = Math.max(mine?.turn ?? 0, card.turn)
      const later = !mine || (card.reviewed_at ?? -1) > (mine.reviewed_at ?? -1) ? card : mine
      known.set(card.item, { ...later, turn })
      await put(db, learner, { ...later, turn })
    }
  },
  async join(db, from, to) {
    await cards.take(db, to, await cards.read(db, from))
    // Who was asked in one of the browsers alone has answered; who said two things keeps what they said here.
    const store = createCardStore(db)
    if ((await store.collects(to)) !== null) return
    await db.updateTable('practice_choices').set({ learner: to }).where('learner', '=', from).execute()
  },
}

async function put(db: Database, learner: string, { memory, ...card }: Card): Promise<void> {
  const row = { ...card, memory: memory && JSON.stringify(memory) }
  await db
    .insertInto('practice_cards')
    .values({ learner, ...row })
    .onConflict((c) => c.columns(['learner', 'item']).doUpdateSet(row))
    .execute()
}
