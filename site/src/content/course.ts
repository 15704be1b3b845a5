/** The whole course as pages need it: topics in order, lessons with their frontmatter, each with its lab's outline and neighbours. */
import { getCollection, type CollectionEntry } from 'astro:content'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { playgrounds } from '@drydock/kit/playground'
import { curriculum, type Topic } from './curriculum.ts'
import { lessonsFolder } from './folders.ts'
import { loadLab, type LabOutline } from './labs.ts'
import { countQuestions } from './quizzes.ts'

export interface Lesson {
  id: string
  href: string
  data: CollectionEntry<'lessons'>['data']
  entry: CollectionEntry<'lessons'>
  topic: Omit<Topic, 'lessons'>
  lab: LabOutline | undefined
  /** How many there are after it. */
  questions: number
}

export interface Course {
  topics: { id: string; title: string; summary: string; lessons: Lesson[] }[]
  /** All lessons in the order of the path. */
  lessons: Lesson[]
  /** The one that the landing page starts. */
  start: Lesson | undefined
}

let course: Promise<Course> | undefined

export function loadCourse(): Promise<Course> {
  course ??= readCourse()
  return course
}

async function readCourse(): Promise<Course> {
  const plan = curriculum.parse(parse(readFileSync(path.join(lessonsFolder, 'curriculum.yaml'), 'utf8')))
  const entries = new Map((await getCollection('lessons')).map((entry) => [entry.id, entry]))
  const topics = plan.topics.map(({ lessons, ...topic }) => ({
    ...topic,
    lessons: lessons.map((id): Lesson => {
      const entry = entries.get(id)
      if (!entry) throw new Error(`lessons/curriculum.yaml lists '${id}', but lessons/${id}/lesson.mdx does not exist`)
      return { id, href: `/${id}/`, data: entry.data, entry, topic, lab: loadLab(id), questions: countQuestions(id) }
    }),
  }))
  const lessons = topics.flatMap((topic) => topic.lessons)
  const start = lessons.find((lesson) => lesson.id === plan.start)
  if (plan.start && !start?.lab)
    throw new Error(`lessons/curriculum.yaml starts with '${plan.start}', which is not a lesson of a topic with a lab`)
  return { topics, lessons, start: start ?? lessons.find((lesson) => lesson.lab) }
}

/** What everything that can be started is called, by its id. */
export function titlesOf(lessons: readonly Lesson[]): Record<string, string> {
  const titles: Record<string, string> = {}
  for (const { id, data } of lessons) titles[id] = data.title
  for (const { id } of playgrounds) titles[id] = 'the playground'
  return titles
}

/** The lesson whose page this is, by Starlight's route id; undefined on every other page. */
export async function findLesson(id: string): Promise<Lesson | undefined> {
  return (await loadCourse()).lessons.find((lesson) => lesson.id === id)
}

/** What comes before and after in the path; `next` of the frontmatter goes first. */
export async function findNeighbours(
  lesson: Lesson,
): Promise<{ before: Lesson | undefined; after: Lesson | undefined }> {
  const { lessons } = await loadCourse()
  const at = lessons.indexOf(lesson)
  const named = lessons.find((other) => other.id === lesson.data.next)
  return { before: lessons[at - 1], after: named ?? lessons[at + 1] }
}
