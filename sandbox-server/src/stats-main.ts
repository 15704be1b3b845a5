/** `npm run quiz -- stats [--json]`: success and median time of each question that was answered on this instance; the server may run meanwhile. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, loadConfig } from './config.ts'
import { loadAnswerFigures } from './database/answer-figures.ts'
import { DatabaseError, openDatabase, type DatabasePlace } from './database/open-database.ts'
import { countAnswers, type QuestionStats } from './quizzes/count-answers.ts'

try {
  const questions = await load(loadConfig(path.resolve(import.meta.dirname, '../..')).database)
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ questions })}\n`)
  else print(questions)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function load(place: DatabasePlace): Promise<QuestionStats[]> {
  // To ask is no reason to make one.
  if ('file' in place && !existsSync(place.file)) return []
  const db = await openDatabase(place, () => undefined)
  try {
    return countAnswers(await loadAnswerFigures(db))
  } finally {
    await db.destroy()
  }
}

function print(questions: readonly QuestionStats[]): void {
  if (questions.length === 0) return void process.stdout.write('Nobody has answered a question on this instance yet.\n')
  const rows = questions.map(({ question, answers, success, median_s }) => [
    ...[`${Math.round(success * 100)} %`, String(answers), median_s === null ? '-' : `${median_s} s`, question],
  ])
  const line = ([right, answers, time, question]: string[]) =>
    `${right!.padStart(6)}  ${answers!.padStart(7)}  ${time!.padStart(8)}  ${question}\n`
  process.stdout.write(line(['right', 'answers', 'median', 'question']) + rows.map(line).join(''))
}
