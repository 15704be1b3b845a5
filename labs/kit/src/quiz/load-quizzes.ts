/** Reads the quizzes of all lessons. */
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../catalogue/lab.ts'
import type { Quiz } from '../quiz-schema.ts'
import { readQuiz } from './lint-quiz.ts'

/** `quizzes`: by the id of their lesson, sorted, only those without a problem. `file` of a problem is relative to the top of the clone. */
export interface LoadedQuizzes {
  quizzes: ReadonlyMap<string, Quiz>
  problems: readonly Problem[]
}

/** `lessonsFolder`: the one that holds `<topic>/<lesson>/quiz.yaml`. */
export async function loadQuizzes(lessonsFolder: string): Promise<LoadedQuizzes> {
  const quizzes = new Map<string, Quiz>()
  const problems: Problem[] = []
  for (const file of globSync('*/*/quiz.yaml', { cwd: lessonsFolder }).toSorted()) {
    const lesson = file.split(path.sep).slice(0, 2).join('/')
    const read = readQuiz(await readFile(path.join(lessonsFolder, file), 'utf8'))
    if (read.quiz) quizzes.set(lesson, read.quiz)
    for (const message of read.problems) problems.push({ file: `lessons/${lesson}/quiz.yaml`, message })
  }
  return { quizzes, problems }
}
