/**
 * `npm run labs -- lint [topic/lab…] [--json]`: every mistake in lessons and labs that needs no engine to be found, in one sentence each.
 * Exit status 1 when there is any. Lives with the site, because the lessons' schema does.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { loadCatalogue } from '@drydock/kit/catalogue'
import { lintLab } from '@drydock/kit/lint'
import { lintContent } from '../content/lint.ts'
import { formatProblem } from '../content/problem.ts'

const root = path.resolve(process.env['DRYDOCK_CONTENT'] ?? path.join(import.meta.dirname, '../../..'))
const json = process.argv.includes('--json')
/** Only what is said of these; all when there are none. */
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))

const { labs, problems: broken } = await loadCatalogue(path.join(root, 'labs'))
const all = [...labs.values()]
const texts = lintContent(root)
const told = new Set(texts.map((problem) => problem.file))
const found = [
  ...texts.map(formatProblem),
  // A manifest that the lesson's lint could not read is told once.
  ...broken
    .filter(({ file }) => !(file.endsWith('/lab.yaml') && told.has(`labs/${file}`)))
    .map(({ file, message }) => `labs/${file} ${message}`),
  ...all.flatMap(lintLab).map(({ file, message }) => `labs/${file} ${message}`),
  ...all
    .filter((lab) => !lab.lesson)
    .map((lab) => `labs/${lab.id} belongs to no lesson: write lessons/${lab.id}/lesson.mdx`),
  ...all
    .filter((lab) => lab.lesson && !existsSync(path.join(root, 'lessons', lab.id, 'quiz.yaml')))
    .map((lab) => `lessons/${lab.id} has no questions: write quiz.yaml`),
  ...all.flatMap((lab) => [
    ...unwritten(lab.folder, [
      'lab.yaml',
      'checks.ts',
      ...['solution', 'mistakes', 'alternatives'].map((each) => `${each}/*.sh`),
    ]),
    ...unwritten(path.join(root, 'lessons', lab.id), ['quiz.yaml']),
  ]),
]
const problems = found.filter((each) => wanted.length === 0 || wanted.some((id) => each.includes(id)))
const blocks = all.flatMap((lab) => lab.lesson?.items ?? []).filter((item) => item.kind === 'block')
const mistakes = all.flatMap((lab) => lab.mistakes)
const figures = {
  lessons: globSync('lessons/*/*/lesson.mdx', { cwd: root }).length,
  labs: all.length,
  incidents: all.filter((lab) => lab.manifest.kind === 'incident').length,
  mistakes: mistakes.filter((mistake) => !mistake.cheat).length,
  cheats: mistakes.filter((mistake) => mistake.cheat).length,
  alternatives: all.flatMap((lab) => lab.alternatives).length,
  no_run: blocks.filter((item) => item.block.noRun !== undefined).length,
  problems,
}

for (const problem of problems) process.stderr.write(`${problem}\n`)
const { problems: _, ...counts } = figures
const summary = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
process.stderr.write(`${summary.join(', ')}: ${problems.length} problems\n`)
if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
process.exitCode = problems.length > 0 ? 1 : 0

/** What the scaffold left for the author. */
function unwritten(folder: string, patterns: readonly string[]): string[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: folder }))
    .flatMap((name) => {
      const lines = readFileSync(path.join(folder, name), 'utf8').split('\n')
      return lines.flatMap((line, i) => {
        const todo = /TODO: *(.*?)['"]?$/.exec(line)?.[1]
        return todo === undefined
          ? []
          : [`${path.relative(root, path.join(folder, name))}:${i + 1} is still to be written: ${todo}`]
      })
    })
}
