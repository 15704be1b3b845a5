/** Reads the interview bank and says what is wrong with it, question by question. */
import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { bankFile, type BankFile, type BankQuestion } from '../bank-schema.ts'
import type { Problem } from '../catalogue/lab.ts'
import { parseManifest } from '../catalogue/manifest.ts'
import { parseYaml } from '../catalogue/parse-yaml.ts'
import { asQuestion } from './as-question.ts'
import { lintQuestion } from './lint-quiz.ts'

export type Banked = BankQuestion & {
  /** The topic of the course whose file it is in. */
  topic: string
}

/** `bank`: by id, only what has no problem. `file` of a problem is relative to the top of the clone. */
export interface LoadedBank {
  bank: ReadonlyMap<string, Banked>
  problems: readonly Problem[]
}

/** `root`: the folder that holds `lessons/` and `labs/`. A bank that is not there is an empty one. */
export async function loadBank(root: string): Promise<LoadedBank> {
  const bank = new Map<string, Banked>()
  const problems: Problem[] = []
  /** Of every id that was read, whether it is good or not: where it stands. */
  const places = new Map<string, string>()
  const lives = new Map<string, string>()
  for (const name of globSync('*.yaml', { cwd: path.join(root, 'lessons/interview') }).toSorted()) {
    const file = `lessons/interview/${name}`
    const topic = path.basename(name, '.yaml')
    const report = (message: string) => problems.push({ file, message })
    if (globSync(`lessons/${topic}/*/lesson.mdx`, { cwd: root }).length === 0)
      report(`is called after no topic of the course: there is no lesson in lessons/${topic}/`)
    const read = readBankFile(await readFile(path.join(root, file), 'utf8'))
    for (const problem of read.problems) report(problem)
    for (const [id, question] of Object.entries(read.questions)) {
      const found = [...(await lintPlaces(root, question)), ...lintTwins(id, question, lives)]
      const before = places.get(id)
      if (before !== undefined) found.push(`has the id of a question in ${before}: ids are unique over all topics`)
      places.set(id, file)
      for (const problem of found) report(`questions.${id} ${problem}`)
      if (found.length === 0) bank.set(id, { topic, ...question })
    }
  }
  return { bank, problems }
}

/** `questions`: those without a problem of their own. */
export function readBankFile(text: string): { questions: BankFile['questions']; problems: string[] } {
  const read = parseYaml(bankFile, text)
  if (!('data' in read)) return { questions: {}, problems: read.problems }
  const problems: string[] = []
  const good = Object.entries(read.data.questions).filter(([id, question]) => {
    const found = question.form === 'live' ? [] : lintQuestion(asQuestion(question))
    problems.push(...found.map((problem) => `questions.${id} ${problem}`))
    return found.length === 0
  })
  return { questions: Object.fromEntries(good), problems }
}

/** The lesson and the lab that a question names are there, and the lab is one that can be asked. */
async function lintPlaces(root: string, question: BankQuestion): Promise<string[]> {
  const problems: string[] = []
  if (!existsSync(path.join(root, 'lessons', question.lesson, 'lesson.mdx')))
    problems.push(`names the lesson ${question.lesson}, which is not there: write the id of one that is`)
  if (question.form !== 'live') return problems
  const file = path.join(root, 'labs', question.lab, 'lab.yaml')
  if (!existsSync(file))
    return [...problems, `asks for the lab ${question.lab}, which is not there: write the id of one that is`]
  const read = parseManifest(await readFile(file, 'utf8'))
  if ('problems' in read) return [...problems, `asks for the lab ${question.lab}, whose lab.yaml has a mistake`]
  const { kind } = read.manifest
  if (kind !== 'incident' && kind !== 'challenge')
    problems.push(`asks for ${question.lab}, a ${kind} lab: a live question needs an incident or a challenge`)
  return problems
}

/** Two live questions about one lab are the same question unless each has a variant of its own. */
function lintTwins(id: string, question: BankQuestion, lives: Map<string, string>): string[] {
  if (question.form !== 'live') return []
  const key = `${question.lab}/${question.variant ?? 'any'}`
  const twin = lives.get(key)
  lives.set(key, id)
  return twin === undefined ? [] : [`asks for the same lab and variant as '${twin}': give each a variant of its own`]
}
