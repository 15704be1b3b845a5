/** When a card comes again, by FSRS; pure: the clock is given, and may have been set back. */
import { createEmptyCard, fsrs, Rating, type Card } from 'ts-fsrs'
import type { z } from 'zod'
import { cardMemory } from '../contract/practice.ts'

// Whole days alone: somebody who comes for twenty minutes a day is not asked the same thing twice in one sitting.
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false, maximum_interval: 365 })
const day = 86_400_000

/** How well it went. */
export type Recall = 'again' | 'hard' | 'good'
const ratings = { again: Rating.Again, hard: Rating.Hard, good: Rating.Good } as const

export type Memory = z.infer<typeof cardMemory>

export const parseMemory = (text: string): Memory => cardMemory.parse(JSON.parse(text))

/** `before`: null for a card that was never reviewed. */
export function review(before: Memory | null, recall: Recall, at: number): Memory {
  const { card } = scheduler.next(
    before ? restore(before, at) : createEmptyCard(new Date(at)),
    new Date(at),
    ratings[recall],
  )
  const { due, stability, difficulty, scheduled_days, reps, lapses, state } = card
  return { due: due.getTime(), stability, difficulty, scheduled_days, reps, lapses, state, last_review: at }
}

/** How likely it is remembered, from 0 to 1. */
export const recallNow = (of: Memory, at: number): number =>
  scheduler.get_retrievability(restore(of, at), new Date(at), false)

/**
 * Is it to be reviewed now? What was reviewed in what is now the future was so under a clock that was set ahead: it would be out of
 * reach until then.
 */
export const isDue = (card: { due: number; reviewed_at: number | null }, at: number): boolean =>
  card.due <= at || (card.reviewed_at !== null && card.reviewed_at > at + day)

/** No time has passed since a review that lies in the future. */
function restore({ due, last_review, ...rest }: Memory, at: number): Card {
  return {
    ...rest,
    due: new Date(due),
    last_review: new Date(Math.min(last_review, at)),
    elapsed_days: 0,
    learning_steps: 0,
  }
}

/** Of a free answer: how many points of its rubric were made. */
export function recallOfPoints(made: number, all: number): Recall {
  if (made === all) return 'good'
  return made * 2 >= all ? 'hard' : 'again'
}
