/** `npm run quiz -- lint [--json]`: every mistake in the quizzes and in the interview bank that needs no engine to be found. Exit status 1 when there is any. */
import { globSync } from 'node:fs'
import path from 'node:path'
import { countQuestions } from './quiz/count-questions.ts'
import { loadBank, loadQuizzes } from './quiz/index.ts'

const root = path.resolve(process.env['DRYDOCK_CONTENT'] ?? path.join(import.meta.dirname, '../../..'))
const { quizzes, problems: found } = await loadQuizzes(path.join(root, 'lessons'))
const { bank, problems: inBank } = await loadBank(root)
const without = globSync('lessons/*/*/lesson.mdx', { cwd: root })
  .map((file) => path.dirname(file))
  .filter((folder) => !quizzes.has(folder.slice('lessons/'.length)))
  .filter((folder) => !found.some(({ file }) => file.startsWith(`${folder}/`)))
const problems = [
  ...[...found, ...inBank].map(({ file, message }) => `${file} ${message}`),
  ...without.toSorted().map((folder) => `${folder} has no questions: write quiz.yaml`),
]
const figures = { ...countQuestions(quizzes, bank), problems }

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.stderr.write(
  `${figures.questions - bank.size} questions after ${quizzes.size} lessons, ${bank.size} in the interview bank: ${problems.length} problems\n`,
)
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`)
process.exitCode = problems.length > 0 ? 1 : 0
