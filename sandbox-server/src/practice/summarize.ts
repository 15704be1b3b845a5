/** What a learner sees of their practice before they begin: due, streak, and how much of each topic is still there; pure. */
import type { Banked } from '@drydock/kit/quiz'
import type { PracticeOverview } from '../contract/practice.ts'
import type { CardRecord } from '../database/card-store.ts'
import type { Item } from './items.ts'
import { isDue, parseMemory, recallNow } from './schedule.ts'
import { countStreak } from './streak.ts'

const month = 30 * 86_400_000

export interface Known {
  collects: boolean | null
  mine: readonly { card: CardRecord; item: Item }[]
  reviews: readonly { item: string; correct: number | null; at: number }[]
  bank: ReadonlyMap<string, Banked>
  now: number
  /** Minutes that local time is ahead of UTC. */
  offset: number
}

export function summarize({ collects, mine, reviews, bank, now, offset }: Known): PracticeOverview {
  const met = new Set(mine.map(({ card }) => card.item))
  const fresh = [...bank].filter(([id, { form }]) => form !== 'live' && !met.has(`bank:${id}`))
  const topicOf = new Map(mine.map(({ card, item }) => [card.item, item.topic]))
  const lately = reviews.filter(({ at, correct }) => correct !== null && at > now - month && at <= now)
  const topics = new Set([...mine.map(({ item }) => item.topic), ...fresh.map(([, { topic }]) => topic)])
  const due = mine.filter(({ card }) => isDue(card, now))
  const later = mine.filter(({ card }) => !isDue(card, now)).map(({ card }) => card.due)
  return {
    collect: collects,
    due: due.length,
    next_due: due.length > 0 || later.length === 0 ? null : Math.min(...later),
    fresh: fresh.length,
    streak: countStreak(
      reviews.map(({ at }) => at),
      now,
      offset,
    ),
    topics: [...topics].toSorted().map((topic) => {
      const cards = mine.filter(({ item }) => item.topic === topic)
      const chances = cards.flatMap(({ card }) =>
        card.memory === null ? [] : recallNow(parseMemory(card.memory), now),
      )
      const said = lately.filter(({ item }) => topicOf.get(item) === topic)
      return {
        topic,
        cards: cards.length,
        due: due.filter(({ item }) => item.topic === topic).length,
        fresh: fresh.filter(([, each]) => each.topic === topic).length,
        remembered: chances.length === 0 ? null : chances.reduce((sum, each) => sum + each, 0) / chances.length,
        right: said.filter(({ correct }) => correct === 1).length,
        answered: said.length,
      }
    }),
  }
}
