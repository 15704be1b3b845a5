/** How many questions a lesson has. Nothing else of them is in a page: they come from the server, and their answers after the learner's. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { quiz } from '@drydock/kit/quiz-schema'
import { parse } from 'yaml'
import { lessonsFolder } from './folders.ts'
import { formatProblem, problemsOf } from './problem.ts'

/** 0 when the lesson has none; throws one sentence a mistake when it has some that cannot be read. */
export function countQuestions(lesson: string, folder = lessonsFolder): number {
  const file = path.join(folder, lesson, 'quiz.yaml')
  if (!existsSync(file)) return 0
  const read = quiz.safeParse(parse(readFileSync(file, 'utf8')))
  if (!read.success)
    throw new Error(problemsOf(`lessons/${lesson}/quiz.yaml`, read.error).map(formatProblem).join('\n'))
  return Object.keys(read.data.questions).length
}
