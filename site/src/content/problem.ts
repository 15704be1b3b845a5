/** One mistake in the content, as a sentence that names file, place and what to do. */
import type { z } from 'zod'

export interface Problem {
  /** Relative to the top of the content tree, for example `lessons/layers/cache/lesson.mdx`. */
  file: string
  /** Where in it: a path such as `tasks.2.goal`, or `line 14`; empty for the whole file. */
  path: string
  /** What is wrong and what would be right. */
  message: string
}

export function formatProblem({ file, path, message }: Problem): string {
  return path === '' ? `${file}: ${message}` : `${file}: ${path}: ${message}`
}

export function problemsOf(file: string, error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({ file, path: issue.path.join('.'), message: issue.message }))
}
