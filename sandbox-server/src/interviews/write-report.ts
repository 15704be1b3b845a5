/** What an interview has shown: how each topic went, what is strong, what is weak, and what to do about it; pure. */
import type { InterviewReport } from '../contract/interviews.ts'

export interface Asked {
  question: string
  topic: string
  lesson: string
  /** The lab to its lesson, or the one that was asked for. */
  lab: string | null
  text: string
  /** From 0 to 1; null: not reached, or still to be rated. */
  score: number | null
  reached: boolean
}

type Facts = Pick<InterviewReport, 'score' | 'topics' | 'strong' | 'weak' | 'todo'>

const strongFrom = 0.75
const weakBelow = 0.5

/** `next`: what one might do when nothing went wrong, the best first. */
export function writeReport(asked: readonly Asked[], next: readonly Pick<Asked, 'lesson' | 'lab'>[]): Facts {
  const names = [...new Set(asked.map(({ topic }) => topic))]
  const topics = names.map((topic) => {
    const ofTopic = asked.filter((each) => each.topic === topic)
    const reached = ofTopic.filter((each) => each.reached).length
    return { topic, asked: ofTopic.length, reached, score: average(ofTopic) }
  })
  const judged = topics.flatMap(({ topic, score }) => (score === null ? [] : { topic, score }))
  const by = (sign: 1 | -1) => judged.toSorted((a, b) => sign * (a.score - b.score))
  return {
    score: average(asked),
    topics,
    strong: by(-1).flatMap(({ topic, score }) => (score >= strongFrom ? topic : [])),
    weak: by(1).flatMap(({ topic, score }) => (score < weakBelow ? topic : [])),
    todo: chooseTodo(asked, next),
  }
}

function average(asked: readonly Asked[]): number | null {
  const scores = asked.flatMap(({ score }) => score ?? [])
  return scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length
}

/** Three lessons: those where most was missed, then those that were not reached, then what comes next. */
function chooseTodo(asked: readonly Asked[], next: readonly Pick<Asked, 'lesson' | 'lab'>[]): Facts['todo'] {
  const todo: Facts['todo'] = []
  const missed = asked.filter(({ score }) => score !== null && score < 1)
  const lost = new Map<string, number>()
  for (const { lesson, score } of missed) lost.set(lesson, (lost.get(lesson) ?? 0) + 1 - score!)
  const add = (lesson: string, lab: string | null, why: Facts['todo'][number]['why'], texts: string[]) => {
    if (todo.length < 3 && !todo.some((each) => each.lesson === lesson)) todo.push({ lesson, lab, why, asked: texts })
  }
  for (const [lesson] of [...lost].toSorted((a, b) => b[1] - a[1])) {
    const those = missed.filter((each) => each.lesson === lesson)
    add(
      lesson,
      those.find(({ lab }) => lab !== null)?.lab ?? null,
      'missed',
      those.map(({ text }) => text),
    )
  }
  for (const { lesson, lab, text } of asked.filter((each) => !each.reached)) add(lesson, lab, 'not-reached', [text])
  for (const { lesson, lab } of next) add(lesson, lab, 'next', [])
  return todo
}
