/** Which questions an interview asks, and in which order; pure: the same for the same seed. */
import type { Banked } from '@drydock/kit/quiz'
import { quizLevels } from '@drydock/kit/quiz-schema'
import { createHash } from 'node:crypto'

export interface Wish {
  topics: readonly string[]
  level: Banked['level']
  minutes: number
  live: boolean
}

/** Seconds that an answer takes, reading included. */
const seconds: Record<Exclude<Banked['form'], 'live'>, number> = {
  ...{ single: 60, line: 75, multiple: 90, output: 90, command: 90, order: 90, match: 120, free: 210 },
}

/** So many minutes of an interview for each broken machine. */
const perLive = 25

interface Candidate {
  id: string
  question: Banked
  cost: number
  /** The smaller, the sooner it is asked. */
  rank: number
}

/** `asked`: how often each question was asked this learner before. */
export function chooseQuestions(
  bank: ReadonlyMap<string, Banked>,
  wish: Wish,
  seed: number,
  asked: ReadonlyMap<string, number> = new Map(),
): string[] {
  const all = rankAll(bank, wish, seed, asked)
  const lives = wish.live ? chooseLives(all, wish.minutes) : []
  let left = wish.minutes * 60 - lives.reduce((sum, each) => sum + each.cost, 0)
  const chosen: Candidate[] = []
  let open = all.filter(({ question }) => question.form !== 'live')
  while (open.length > 0) {
    // Of what fits, the one whose topic and form were asked least.
    const fitting = open.filter(({ cost }) => cost <= left)
    const count = (same: (other: Banked) => boolean) => chosen.filter(({ question }) => same(question)).length
    const weigh = ({ question, rank }: Candidate) =>
      count((other) => other.topic === question.topic) + count((other) => other.form === question.form) + rank
    const next = fitting.toSorted((a, b) => weigh(a) - weigh(b))[0]
    if (!next) break
    chosen.push(next)
    left -= next.cost
    open = open.filter((each) => each !== next)
  }
  const eased = chosen.toSorted((a, b) => easeOf(a) - easeOf(b))
  for (const [i, live] of lives.entries())
    eased.splice(Math.ceil((eased.length * (i + 1)) / (lives.length + 1)), 0, live)
  return eased.map(({ id }) => id)
}

/** Those of the level and, behind them, the next one below; those that were asked before come last. */
function rankAll(
  bank: ReadonlyMap<string, Banked>,
  { topics, level }: Wish,
  seed: number,
  asked: ReadonlyMap<string, number>,
): Candidate[] {
  const wanted = quizLevels.indexOf(level)
  return [...bank].flatMap(([id, question]) => {
    const below = wanted - quizLevels.indexOf(question.level)
    if (!topics.includes(question.topic) || below < 0 || below > 1) return []
    const chance = parseInt(createHash('sha256').update(`${seed}/${id}`).digest('hex').slice(0, 8), 16) / 0xffff_ffff
    const cost = question.form === 'live' ? question.minutes * 60 : seconds[question.form]
    return { id, question, cost, rank: chance + below * 1.5 + (asked.get(id) ?? 0) * 3 }
  })
}

/** Of different labs, and never more than half of the time. */
function chooseLives(all: readonly Candidate[], minutes: number): Candidate[] {
  const chosen: Candidate[] = []
  for (const each of all.filter(({ question }) => question.form === 'live').toSorted((a, b) => a.rank - b.rank)) {
    const time = [...chosen, each].reduce((sum, { cost }) => sum + cost, 0)
    const lab = (of: Candidate) => (of.question.form === 'live' ? of.question.lab : '')
    if (time <= minutes * 30 && !chosen.some((other) => lab(other) === lab(each))) chosen.push(each)
    if (chosen.length >= Math.max(1, Math.floor(minutes / perLive))) break
  }
  return chosen
}

/** What is said in a minute comes first, what one writes an answer to last; within that by level. */
const easeOf = ({ cost, question }: Candidate) => cost + quizLevels.indexOf(question.level) * 30
