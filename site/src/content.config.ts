/** The one content collection: lessons, read from ../lessons in the order that curriculum.yaml gives them. */
import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { lessonFrontmatter } from './content/lesson.ts'
import { lessonsFolder } from './content/folders.ts'

const lessons = defineCollection({
  loader: glob({
    base: lessonsFolder,
    pattern: '*/*/lesson.mdx',
    generateId: ({ entry }) => entry.replace(/\/lesson\.mdx$/, ''),
  }),
  schema: lessonFrontmatter,
})

export const collections = { lessons }
