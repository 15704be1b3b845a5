/** Authors are told what is wrong with which question; and the quizzes of this repository have no mistake. */
import path from 'node:path'
import { stringify } from 'yaml'
import { expect, test } from 'vitest'
import { loadQuizzes } from './load-quizzes.ts'
import { readQuiz } from './lint-quiz.ts'

const why = 'Because this is how it is.'
const base = { form: 'single', level: 'junior', text: 'What?', source: 'https://docs.docker.com/' }
const options = { one: { text: 'One', why, right: true }, two: { text: 'Two', why } }
const good = { ...base, options }
const write = (value: unknown) => stringify(value, { aliasDuplicateObjects: false })
const problemsWith = (question: unknown) =>
  readQuiz(write({ questions: { first: good, second: good, third: question } })).problems

test('a quiz without mistakes is read, its questions and options in the order of the file', () => {
  const read = readQuiz(write({ questions: { b: good, a: good, c: good } }))
  expect(read.problems).toEqual([])
  expect(Object.keys(read.quiz?.questions ?? {})).toEqual(['b', 'a', 'c'])
})

test('every quiz of this repository is without mistakes', async () => {
  const { quizzes, problems } = await loadQuizzes(path.resolve(import.meta.dirname, '../../../../lessons'))
  expect(problems).toEqual([])
  expect(quizzes.size).toBeGreaterThan(0)
})

test.each([
  ['no form', { ...good, form: undefined }, 'needs a form: single, multiple, order'],
  ['a form that is none', { ...good, form: 'essay' }, 'needs a form: single, multiple, order'],
  [
    'an option without a reason',
    { ...good, options: { ...options, two: { text: 'Two' } } },
    'options.two.why is missing',
  ],
  [
    'a reason that is none',
    { ...good, options: { ...options, two: { text: 'Two', why: 'No.' } } },
    'must explain itself',
  ],
  ['letters as ids', { ...good, options: { A: options.one, B: options.two } }, 'lower-case letters'],
  [
    'no right option',
    { ...good, options: { ...options, one: { text: 'One', why } } },
    'has 0 right options: mark exactly one',
  ],
  [
    'two right options',
    { ...good, options: { ...options, two: { text: 'Two', why, right: true } } },
    'has 2 right options',
  ],
  [
    'an option about the others',
    { ...good, options: { ...options, all: { text: 'All of the above', why } } },
    'about the other options',
  ],
  [
    'two equal options',
    { ...good, options: { ...options, two: { text: 'One', why } } },
    'two options with the same text',
  ],
  ['no claim', { ...good, source: undefined }, 'rests on nothing'],
  ['a source that is no address', { ...good, source: 'the documentation' }, 'must be an https address'],
  ['a field that nothing reads', { ...good, explanation: 'x' }, "'explanation', which nothing reads"],
  [
    'a term that fits nothing',
    {
      ...base,
      form: 'match',
      terms: { a: { text: 'a', fits: 'x', why }, b: { text: 'b', fits: 'y', why } },
      meanings: { y: 'Y', z: 'Z' },
    },
    "fits 'x': that is no meaning",
  ],
  [
    'an output that nobody has seen',
    { ...base, form: 'output', expect: '1', wrong: { a: { text: '2', why } }, why },
    'that nobody has seen',
  ],
  [
    'an output that its proof does not print',
    {
      ...base,
      form: 'output',
      proof: { command: 'x', output: '2' },
      expect: '1',
      wrong: { a: { text: '3', why } },
      why,
    },
    'which its proof does not print',
  ],
  [
    'a command that docker does not know',
    { ...base, form: 'command', accept: ['docker run --nmae x y'], wrong: { a: { text: 'docker ps', why } }, why },
    'has no option `--nmae`',
  ],
  [
    'a wrong command that is right',
    {
      ...base,
      form: 'command',
      accept: ['docker ps -a'],
      wrong: { a: { text: 'docker container ls --all', why } },
      why,
    },
    "counts 'a' as wrong",
  ],
  [
    'no line at fault',
    {
      ...base,
      form: 'line',
      language: 'sh',
      lines: { a: { text: 'a', why }, b: { text: 'b', why }, c: { text: 'c', why } },
    },
    'no line with fault: true',
  ],
])('%s is told with its question', (_what, question, said) => {
  const problems = problemsWith(question)
  expect(problems.join('\n')).toContain(said)
  expect(problems[0]).toContain('questions.third')
})

test('what is no YAML is told with its line, and so are aliases', () => {
  expect(readQuiz('questions:\n  a: &a {}\n  b: *a\n').problems[0]).toMatch(/^uses an alias/)
  expect(readQuiz('questions:\n  a: {').problems[0]).toMatch(/^is not YAML: .*line/)
})
