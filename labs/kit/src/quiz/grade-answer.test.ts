/** Each form of question: what is right, what is wrong with its reason, and what is no answer at all. */
import { describe, expect, test } from 'vitest'
import { question, type QuizAnswer } from '../quiz-schema.ts'
import { AnswerUnfit, gradeAnswer } from './grade-answer.ts'

const why = 'Because this is how it is.'
const common = { level: 'junior', text: 'What?', source: 'https://docs.docker.com/' }
const options = {
  one: { text: 'One', why: 'One is right because.', right: true },
  two: { text: 'Two', why: 'Two is wrong because.' },
  three: { text: 'Three', why: 'Three is wrong because.' },
}
const single = question.parse({ form: 'single', ...common, options })
const multiple = question.parse({
  form: 'multiple',
  ...common,
  options: { ...options, two: { ...options.two, right: true } },
})
const order = question.parse({
  form: 'order',
  ...common,
  steps: { a: { text: 'A', why }, b: { text: 'B', why }, c: { text: 'C', why } },
})
const match = question.parse({
  form: 'match',
  ...common,
  terms: { ps: { text: 'ps', fits: 'list', why }, rm: { text: 'rm', fits: 'remove', why } },
  meanings: { list: 'lists', remove: 'removes', start: 'starts' },
})
const output = question.parse({
  form: 'output',
  ...common,
  expect: '137',
  also: ['128 + 9'],
  wrong: { term: { text: '143', why: 'That would be SIGTERM.' } },
  why,
})
const command = question.parse({
  form: 'command',
  ...common,
  accept: ['docker ps -a'],
  wrong: { running: { text: 'docker ps', why: 'That shows running ones alone.' } },
  why,
})
const line = question.parse({
  form: 'line',
  ...common,
  language: 'dockerfile',
  lines: {
    from: { text: 'FROM x', why },
    copy: { text: 'COPY . .', why, fault: true },
    run: { text: 'RUN y', why, fault: true },
  },
})
const free = question.parse({ form: 'free', ...common, rubric: { a: 'says A', b: 'says B' }, model: 'A and B.' })

describe('right and wrong', () => {
  test.each<[string, typeof single, QuizAnswer, boolean | null]>([
    ['single', single, { form: 'single', option: 'one' }, true],
    ['single', single, { form: 'single', option: 'two' }, false],
    ['multiple, in any order', multiple, { form: 'multiple', options: ['two', 'one'] }, true],
    ['multiple, half', multiple, { form: 'multiple', options: ['one'] }, false],
    ['multiple, too many', multiple, { form: 'multiple', options: ['one', 'two', 'three'] }, false],
    ['multiple, none', multiple, { form: 'multiple', options: [] }, false],
    ['order', order, { form: 'order', order: ['a', 'b', 'c'] }, true],
    ['order, two swapped', order, { form: 'order', order: ['b', 'a', 'c'] }, false],
    ['match', match, { form: 'match', pairs: { ps: 'list', rm: 'remove' } }, true],
    ['match, one wrong', match, { form: 'match', pairs: { ps: 'list', rm: 'start' } }, false],
    ['match, one missing', match, { form: 'match', pairs: { ps: 'list' } }, false],
    ['output', output, { form: 'output', text: ' 137\n' }, true],
    ['output, said otherwise', output, { form: 'output', text: '128  + 9' }, true],
    ['output', output, { form: 'output', text: '143' }, false],
    ['command', command, { form: 'command', text: 'docker container ls --all' }, true],
    ['command', command, { form: 'command', text: 'docker ps' }, false],
    ['line', line, { form: 'line', line: 'copy' }, true],
    ['line, the other fault', line, { form: 'line', line: 'run' }, true],
    ['line', line, { form: 'line', line: 'from' }, false],
    ['free, which nobody grades', free, { form: 'free', text: 'A.' }, null],
  ])('%s', (_form, asked, answer, correct) => {
    expect(gradeAnswer(asked, answer).correct).toBe(correct)
  })
})

test('the key and an explanation for every option come with the grade', () => {
  expect(gradeAnswer(single, { form: 'single', option: 'three' })).toEqual({
    correct: false,
    key: { form: 'single', option: 'one' },
    whys: { one: 'One is right because.', two: 'Two is wrong because.', three: 'Three is wrong because.' },
    remarks: [],
  })
  expect(gradeAnswer(free, { form: 'free', text: 'x' }).key).toEqual({ form: 'free', text: 'A and B.' })
})

test('a common mistake is named; any other says where the command parts from the right one', () => {
  expect(gradeAnswer(output, { form: 'output', text: '143' }).remarks[0]).toBe('That would be SIGTERM.')
  expect(gradeAnswer(command, { form: 'command', text: 'docker ps' }).remarks[0]).toBe('That shows running ones alone.')
  expect(gradeAnswer(command, { form: 'command', text: 'docker ps -q' }).remarks).toEqual([
    'Missing: `--all`.',
    'Not asked for: `--quiet`.',
    why,
  ])
  expect(gradeAnswer(command, { form: 'command', text: 'docker ps -a' }).remarks).toEqual([why])
})

describe('what no form of ours sends is refused', () => {
  test.each<[string, typeof single, QuizAnswer]>([
    ['an answer of another form', single, { form: 'free', text: 'one' }],
    ['an option that is not there', single, { form: 'single', option: 'four' }],
    ['a name that every object has', single, { form: 'single', option: 'constructor' }],
    ['an option twice', multiple, { form: 'multiple', options: ['one', 'one'] }],
    ['a step missing', order, { form: 'order', order: ['a', 'b'] }],
    ['a step twice', order, { form: 'order', order: ['a', 'b', 'b'] }],
    ['a term that is not there', match, { form: 'match', pairs: { start: 'list' } }],
    ['a meaning that is not there', match, { form: 'match', pairs: { ps: 'constructor' } }],
    ['a line that is not there', line, { form: 'line', line: 'nowhere' }],
    ['nothing', free, { form: 'free', text: '  ' }],
  ])('%s', (_what, asked, answer) => {
    expect(() => gradeAnswer(asked, answer)).toThrow(AnswerUnfit)
  })
})

test('a question that is passed over is not right, and is explained like any other', () => {
  expect(gradeAnswer(single, null)).toMatchObject({ correct: false, key: { option: 'one' } })
  expect(Object.keys(gradeAnswer(multiple, null).whys)).toEqual(['one', 'two', 'three'])
  expect(gradeAnswer(match, null)).toMatchObject({ correct: false, key: { pairs: { ps: 'list', rm: 'remove' } } })
  expect(gradeAnswer(line, null).whys).toEqual(gradeAnswer(line, { form: 'line', line: keyLine() }).whys)
  for (const each of [output, command])
    expect(gradeAnswer(each, null)).toMatchObject({ correct: false, remarks: [why] })
  expect(gradeAnswer(free, null)).toMatchObject({ correct: false, key: { text: 'A and B.' } })
})

function keyLine(): string {
  const { key } = gradeAnswer(line, null)
  return key.form === 'line' ? key.line : ''
}
