/** Practice of all learners: which cards they have, what comes next, and what an answer makes of a card. */
import type { QuizAnswer } from '@drydock/kit/quiz-schema'
import type { NextItemView, PracticeOverview, PracticeVerdict } from '../contract/practice.ts'
import type { CardChange, CardRecord, CardStore, ReviewRecord } from '../database/card-store.ts'
import type { MistakeStore } from '../database/mistake-store.ts'
import { checkPoints, gradeSent } from '../quizzes/grade.ts'
import { judge, viewQuestion } from '../quizzes/view-quiz.ts'
import { Refusal } from '../refusal.ts'
import { chooseNew, type NewWish } from './choose-new.ts'
import { bankItem, findItem, quizItem, taskItem, type Item, type ItemSources } from './items.ts'
import { isDue, parseMemory, recallOfPoints, review, type Recall } from './schedule.ts'
import { summarize } from './summarize.ts'

export interface PracticeOptions {
  sources: ItemSources
  cards: CardStore
  mistakes: MistakeStore
  now: () => number
}

export interface SentReview {
  id: string
  item: string
  turn: number
  answer: QuizAnswer | null
  ms: number
}

export type Practice = ReturnType<typeof createPractice>

export function createPractice({ sources, cards, mistakes, now }: PracticeOptions) {
  /** With consent, what went wrong since the last time becomes cards. */
  const collect = async (learner: string): Promise<void> => {
    if ((await cards.collects(learner)) !== true) return
    const questions = (await mistakes.questions(learner)).filter(({ lesson, question, points }) => {
      const asked = findItem(sources, quizItem(lesson, question))?.question
      return points === null || (asked?.form === 'free' && points.length * 2 < Object.keys(asked.rubric).length)
    })
    const wrong = [
      ...questions.map(({ lesson, question }) => quizItem(lesson, question)),
      ...(await mistakes.tasks(learner)).map(({ lab, task }) => taskItem(lab, task)),
      ...(await mistakes.interviews(learner)).map(bankItem),
    ]
    const items = [...new Set(wrong)].filter((item) => findItem(sources, item))
    await cards.add(learner, items, now())
  }

  /** Those whose question is still there. */
  const known = async (learner: string): Promise<{ card: CardRecord; item: Item }[]> =>
    (await cards.ofLearner(learner)).flatMap((card) => {
      const item = findItem(sources, card.item)
      return item ? [{ card, item }] : []
    })

  const need = (id: string): Item => {
    const item = findItem(sources, id)
    if (!item) throw new Refusal('CARD_UNKNOWN')
    return item
  }

  /** What a review leaves behind; a free answer leaves its card as it is until it is rated. */
  const change = (before: string | null, recall: Recall, at: number): CardChange => {
    const after = review(before === null ? null : parseMemory(before), recall, at)
    return { memory: JSON.stringify(after), due: after.due, reviewed_at: at }
  }

  const say = (item: Item, record: ReviewRecord, due: number | null): PracticeVerdict => {
    const verdict = judge(item.question, record)
    if (!verdict) throw new Refusal('BAD_REQUEST', 'The question has changed since: look at it again.')
    return { verdict, spoken: item.spoken, due }
  }
  const dueOf = async (learner: string, { item, correct }: ReviewRecord): Promise<number | null> =>
    correct === null ? null : ((await cards.ofLearner(learner)).find((card) => card.item === item)?.due ?? null)

  return {
    async overview(learner: string, offset: number): Promise<PracticeOverview> {
      await collect(learner)
      const [collects, mine, reviews] = [
        await cards.collects(learner),
        await known(learner),
        await cards.reviews(learner),
      ]
      return summarize({ collects, mine, reviews, bank: sources.bank, now: now(), offset })
    },

    collect: async (learner: string, wish: boolean): Promise<void> => cards.setCollects(learner, wish, now()),

    async next(learner: string, of: 'due' | 'new', wish: NewWish, seed: number): Promise<NextItemView> {
      const mine = await known(learner)
      const fitting =
        of === 'due'
          ? mine.filter(({ card, item }) => isDue(card, now()) && (wish.topic ?? item.topic) === item.topic)
          : fresh(mine, learner, wish)
      const [first] = fitting
      if (!first) return { item: null, left: 0 }
      const { id, origin, topic, lesson, question } = first.item
      const view = viewQuestion(first.item.id.replaceAll(/[^a-z0-9-]/g, '-').slice(0, 41), question, seed)
      return {
        item: { item: id, turn: first.card?.turn ?? 0, origin, topic, lesson, question: view },
        left: fitting.length,
      }
    },

    /** One that is sent again says what was said before; one for a turn that is over is refused. */
    async answer(learner: string, sent: SentReview): Promise<PracticeVerdict> {
      const item = need(sent.item)
      const correct = gradeSent(item.question, sent.answer)
      const card = (await cards.ofLearner(learner)).find((each) => each.item === sent.item)
      const before = await cards.find(learner, sent.id)
      if (before) return say(need(before.item), sameItem(before, sent.item), await dueOf(learner, before))
      if (!card && item.origin !== 'bank') throw new Refusal('CARD_UNKNOWN')
      if (sent.turn !== (card?.turn ?? 0)) throw new Refusal('ALREADY_ANSWERED')
      const at = now()
      const memory = card?.memory ?? null
      const record = { ...sent, correct, points: null, before: memory, at }
      const next =
        correct === null
          ? { memory, due: card?.due ?? at, reviewed_at: card?.reviewed_at ?? null }
          : change(memory, correct ? 'good' : 'again', at)
      if (!(await cards.record(learner, record, next))) throw new Refusal('ALREADY_ANSWERED')
      return say(item, record, correct === null ? null : next.due)
    },

    /** The points of a free answer; may be changed until the card is answered again. */
    async rate(learner: string, id: string, points: string[]): Promise<PracticeVerdict> {
      const record = await cards.find(learner, id)
      if (!record) throw new Refusal('CARD_UNKNOWN')
      const item = need(record.item)
      if (item.question.form !== 'free' || record.answer === null)
        throw new Refusal('BAD_REQUEST', 'Only a free answer is rated by its writer.')
      checkPoints(item.question, points)
      const recall = recallOfPoints(points.length, Object.keys(item.question.rubric).length)
      const next = change(record.before, recall, record.at)
      await cards.rate(learner, record, points, recall !== 'again', next)
      return say(item, { ...record, points }, next.due)
    },
  }

  function fresh(mine: readonly { card: CardRecord }[], learner: string, wish: NewWish) {
    const met = new Set(mine.map(({ card }) => card.item.slice('bank:'.length)))
    return chooseNew(sources.bank, met, learner, wish).map((id) => ({
      card: undefined,
      item: findItem(sources, bankItem(id))!,
    }))
  }
}

/** An id that was used for something else has no verdict here. */
function sameItem(record: ReviewRecord, item: string): ReviewRecord {
  if (record.item !== item) throw new Refusal('BAD_REQUEST', 'The id is that of an answer to another question.')
  return record
}
