/** Reads the text of a `quiz.yaml` and says what is wrong with it, question by question; pure. */
import { parseYaml } from '../catalogue/parse-yaml.ts'
import { quiz, type Question, type Quiz } from '../quiz-schema.ts'
import { compareCommands } from './compare-commands.ts'
import { parseCommandLine } from './command-line.ts'

/** `problems`: one sentence each, with the question in front. A quiz with problems is not used. */
export function readQuiz(text: string): { quiz: Quiz; problems: [] } | { quiz?: undefined; problems: string[] } {
  const read = parseYaml(quiz, text)
  if (!('data' in read)) return { problems: read.problems }
  const problems = Object.entries(read.data.questions).flatMap(([id, question]) =>
    lintQuestion(question).map((problem) => `questions.${id} ${problem}`),
  )
  return problems.length === 0 ? { quiz: read.data, problems: [] } : { problems }
}

/** What is wrong with one question that its schema does not see. */
export function lintQuestion(question: Question): string[] {
  return [...lintClaim(question), ...lintForm(question)]
}

function lintClaim({ form, source, proof }: Question): string[] {
  if (source === undefined && proof === undefined)
    return ['rests on nothing: give it a proof (a command and its output) or a source (an https address)']
  if (form === 'output' && proof === undefined)
    return ['asks for an output that nobody has seen: give it a proof that prints it']
  return []
}

function lintForm(question: Question): string[] {
  switch (question.form) {
    case 'single':
      return countRight(question.options, 1, 1)
    case 'multiple':
      return countRight(question.options, 1, Object.keys(question.options).length)
    case 'order':
      return []
    case 'match':
      return lintMatch(question)
    case 'output':
      return lintOutput(question)
    case 'command':
      return lintCommands(question)
    case 'line':
      return Object.values(question.lines).some((line) => line.fault) ? [] : ['has no line with fault: true']
    case 'free':
      return []
  }
}

type Of<F extends Question['form']> = Extract<Question, { form: F }>

function countRight(options: Of<'single'>['options'], least: number, most: number): string[] {
  const count = Object.values(options).filter((option) => option.right).length
  const all = Object.values(options).map((option) => option.text)
  return [
    ...(count < least || count > most
      ? [`has ${count} right options: mark ${least === most ? 'exactly one' : 'one or more'} with right: true`]
      : []),
    ...(all.some((text) => /\b(all|none|both) of (the|these)\b/i.test(text))
      ? ['has an option about the other options, which means nothing once they are shuffled: say what it means']
      : []),
    ...(new Set(all).size === all.length ? [] : ['has two options with the same text: change one']),
  ]
}

function lintMatch({ terms, meanings }: Of<'match'>): string[] {
  return [
    ...Object.entries(terms).flatMap(([id, { fits }]) =>
      Object.hasOwn(meanings, fits)
        ? []
        : [`has term '${id}', which fits '${fits}': that is no meaning of this question`],
    ),
    ...Object.keys(terms).flatMap((id) =>
      Object.hasOwn(meanings, id)
        ? [`has term and meaning of the same id '${id}', which gives the answer away: rename one`]
        : [],
    ),
  ]
}

function lintOutput({ expect, also, wrong, proof }: Of<'output'>): string[] {
  const printed = proof?.output.split('\n').map((line) => line.trim()) ?? []
  return [
    ...(proof && !expect.split('\n').every((line) => printed.includes(line.trim()))
      ? [`expects '${expect}', which its proof does not print: its output has to have it as a line of its own`]
      : []),
    ...Object.entries(wrong).flatMap(([id, { text }]) =>
      [expect, ...also].includes(text) ? [`counts '${id}' as wrong and as right`] : [],
    ),
  ]
}

function lintCommands({ accept, wrong }: Of<'command'>): string[] {
  const all = [...accept, ...Object.values(wrong).map((each) => each.text)]
  const unreadable = all.flatMap((text) => {
    const read = parseCommandLine(text)
    return 'problem' in read ? [{ text, problem: read.problem }] : []
  })
  // What people type wrongly need not be a command that docker can read; what is right must be.
  const broken = unreadable.filter(({ text }) => accept.includes(text))
  if (broken.length > 0) return broken.map(({ text, problem }) => `accepts '${text}', but ${problem}`)
  return Object.entries(wrong).flatMap(([id, { text }]) =>
    accept.some((each) => compareCommands(each, text).same)
      ? [`counts '${id}' as wrong, and it is what it accepts`]
      : [],
  )
}
