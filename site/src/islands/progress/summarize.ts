/** What a learner's record means for the course: what is done, due and next, and the figures of tables and charts. Pure. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'

export interface OutlineLesson {
  id: string
  href: string
  title: string
  tasks: string[]
  questions: number
}
export interface OutlineTopic {
  id: string
  title: string
  lessons: OutlineLesson[]
}

export type Standing = 'done' | 'begun' | 'open'

const noLab = { passed: {} as Record<string, number>, tries: 0, hints: 0, runs: 0 }
const noQuiz = { right: 0, wrong: 0, free: 0 }

export const isEmpty = ({ labs, quizzes }: LearnerRecord): boolean =>
  Object.keys(labs).length === 0 && Object.keys(quizzes).length === 0

export const tasksDone = (lesson: OutlineLesson, { labs }: LearnerRecord): number =>
  lesson.tasks.filter((task) => labs[lesson.id]?.passed[task] !== undefined).length

/** A lesson with a lab is done with its tasks, one without with its questions. */
export function decideStanding(lesson: OutlineLesson, record: LearnerRecord): Standing {
  const { right, wrong, free } = record.quizzes[lesson.id] ?? noQuiz
  const { tries, hints, runs } = record.labs[lesson.id] ?? noLab
  const done = tasksDone(lesson, record)
  if (lesson.tasks.length > 0 && done === lesson.tasks.length) return 'done'
  if (lesson.tasks.length === 0 && lesson.questions > 0 && right + free >= lesson.questions) return 'done'
  return done + tries + hints + runs + right + wrong + free > 0 ? 'begun' : 'open'
}

/** What one has begun goes first, then the first in the order of the course that one has not. */
export function decideNext(topics: readonly OutlineTopic[], record: LearnerRecord): OutlineLesson | null {
  const lessons = topics.flatMap((topic) => topic.lessons)
  const first = (wanted: Standing) => lessons.find((lesson) => decideStanding(lesson, record) === wanted)
  return first('begun') ?? first('open') ?? null
}

/** Lessons with questions whose last answer was wrong. */
export function decideDue(topics: readonly OutlineTopic[], record: LearnerRecord) {
  return topics
    .flatMap((topic) => topic.lessons)
    .flatMap((lesson) => {
      const wrong = record.quizzes[lesson.id]?.wrong ?? 0
      return wrong > 0 ? [{ lesson, wrong }] : []
    })
}

export const minutesOf = (ms: number): number => Math.round(ms / 60_000)

export interface LabRow {
  id: string
  lesson: OutlineLesson | null
  done: number
  tries: number
  hints: number
  ms: number
  /** Null: only tasks are known of it, no run. */
  lastAt: number | null
}

/** One row a lab, the last one worked in first. What the course does not have any more is there too. */
export function listLabs(topics: readonly OutlineTopic[], record: LearnerRecord): LabRow[] {
  const lessons = new Map(topics.flatMap((topic) => topic.lessons).map((lesson) => [lesson.id, lesson]))
  const rows = Object.entries(record.labs).map(([id, { passed, tries, hints }]): LabRow => {
    const runs = record.runs.filter((run) => run.lab === id)
    const lesson = lessons.get(id) ?? null
    const done = lesson ? tasksDone(lesson, record) : Object.keys(passed).length
    const ms = runs.reduce((sum, run) => sum + run.ms, 0)
    return { id, lesson, done, tries, hints, ms, lastAt: runs.at(-1)?.began_at ?? null }
  })
  return rows.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.id < b.id ? -1 : 1))
}

export interface Day {
  /** Local midnight, in epoch ms. */
  at: number
  ms: number
}

/** The last `count` days until today, by the browser's own calendar. */
export function listDays(record: LearnerRecord, now: number, count: number): Day[] {
  const midnight = (at: number, back = 0) => {
    const day = new Date(at)
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back).getTime()
  }
  const days = Array.from({ length: count }, (_, i): Day => ({ at: midnight(now, count - 1 - i), ms: 0 }))
  const byStart = new Map(days.map((day) => [day.at, day]))
  for (const run of record.runs) {
    const day = byStart.get(midnight(run.began_at))
    if (day) day.ms += run.ms
  }
  return days
}

/** By topic, those with answers only. */
export function listTopics(topics: readonly OutlineTopic[], { quizzes }: LearnerRecord) {
  return topics.flatMap(({ id, title, lessons }) => {
    const sum = { id, title, right: 0, wrong: 0, free: 0, questions: 0 }
    for (const lesson of lessons) {
      const { right, wrong, free } = quizzes[lesson.id] ?? noQuiz
      sum.right += right
      sum.wrong += wrong
      sum.free += free
      sum.questions += lesson.questions
    }
    return sum.right + sum.wrong + sum.free > 0 ? [sum] : []
  })
}
