/** Protects: an author hears of each mistake with the file, the place and what to do, all at once. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lintContent } from './lint.ts'
import { formatProblem } from './problem.ts'

const fixture = path.resolve(import.meta.dirname, '../../test/fixture')
let root: string

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(path.join(root, file), 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`the edit of ${file} changed nothing`)
  writeFileSync(path.join(root, file), after)
}
const lint = () => lintContent(root).map(formatProblem)
const lesson = 'lessons/layers/cache/lesson.mdx'

describe('lintContent', () => {
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'drydock-lint-'))
    cpSync(fixture, root, { recursive: true })
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('finds nothing in content that is right', () => {
    expect(lint()).toEqual([])
  })
  it('finds what frontmatter lacks or has too much', () => {
    edit(lesson, (text) =>
      text.replace('difficulty: 2', 'difficulty: 5').replace('minutes: 25', 'minutes: 25\nauthor: me'),
    )
    const problems = lint()
    expect(problems).toContain(`${lesson}: difficulty: must be 1 (first steps), 2 (everyday) or 3 (hard)`)
    expect(problems.join('\n')).toMatch(/author/)
  })
  it('finds words that nobody explains, and that are explained twice', () => {
    writeFileSync(
      path.join(root, 'lessons/glossary.yaml'),
      '- term: Copy on write\n  means: Shared until somebody changes it.\n  lesson: layers/nope\n',
    )
    const link = (id: string) => `[a word](/glossary/#${id})`
    edit(lesson, (text) => `${text}\n${link('copy-on-write')} ${link('copy-on-write')} ${link('nowhere')}\n`)
    const problems = lint().join('\n')
    expect(problems).toMatch(/glossary.yaml: 0.lesson: 'layers\/nope' is not a lesson/)
    expect(problems).toMatch(/explains 'copy-on-write' a second time/)
    expect(problems).toMatch(/'nowhere' is not explained: add the word to lessons\/glossary.yaml/)
    expect(problems.split('\n')).toHaveLength(3)
  })
  it('finds a column without a name', () => {
    edit(lesson, (text) => `${text}\n| | here |\n|---|---|\n| a | b |\n\n| what | here |\n|---|---|\n| | b |\n`)
    expect(lint().join('\n')).toMatch(/^[^\n]*line \d+: the table above has a column without a name[^\n]*$/)
  })
  it('finds lessons that do not exist', () => {
    edit(lesson, (text) =>
      text.replace('prerequisites: [architecture/first-commands]', 'prerequisites: [architecture/nope]'),
    )
    edit('lessons/curriculum.yaml', (text) => text.replace('[layers/cache]', '[layers/cache, layers/gone]'))
    expect(lint()).toEqual([
      'lessons/curriculum.yaml: layers/gone: write lessons/layers/gone/lesson.mdx or take it off the list',
      `${lesson}: prerequisites.0: 'architecture/nope' is not a lesson; there are architecture/first-commands, layers/cache`,
    ])
  })
  it('finds tasks that the lab does not have, that are shown twice, and that are not shown', () => {
    edit(lesson, (text) => text.replace('<Task id="fast" />', '<Task id="slow" />\n<Task id="works" />'))
    const problems = lint().join('\n')
    expect(problems).toMatch(
      /line \d+: 'slow' is not a task of labs\/layers\/cache\/lab.yaml; it has build, order, fast, works/,
    )
    expect(problems).toMatch(/shows task 'works' a second time/)
    expect(problems).toMatch(/does not show task 'fast'/)
  })
  it('finds what is wrong with a question, and a quiz without a lesson', () => {
    edit('lessons/layers/cache/quiz.yaml', (text) => text.replace('docker ps -a', 'docker ps --al'))
    mkdirSync(path.join(root, 'lessons/layers/gone'))
    cpSync(path.join(root, 'lessons/layers/cache/quiz.yaml'), path.join(root, 'lessons/layers/gone/quiz.yaml'))
    expect(lint()).toEqual([
      "lessons/layers/cache/quiz.yaml: questions.second accepts 'docker ps --al', but `docker ps` has no option `--al`",
      'lessons/layers/gone/quiz.yaml: belongs to no lesson: write lesson.mdx beside it',
    ])
  })
  it('finds pictures that are missing or say nothing', () => {
    edit(lesson, (text) => text.replace(/<Diagram name="chain" alt="[^"]*"/, '<Diagram name="chains"'))
    const problems = lint().join('\n')
    expect(problems).toMatch(/draw lessons\/layers\/cache\/chains.svg/)
    expect(problems).toMatch(/give <Diagram name="chains"> an alt text/)
  })
  it('wants a reason where something cannot be run', () => {
    edit(lesson, (text) => text.replace(/no-run="[^"]*"/, 'no-run'))
    expect(lint().join('\n')).toMatch(/line \d+: say why: no-run="reason"/)
  })
  it('finds links that lead nowhere, pictures without words, and what is still to be written', () => {
    edit(
      lesson,
      (text) => `${text}
[gone](/layers/gone/) [short](/curriculum) [near](../cache/) [fine](/architecture/first-commands/#x) [out](https://docs.docker.com)
![](x.png)
TODO: say more
`,
    )
    const problems = lint().map((each) => each.replace(/^.*?: line \d+: /, ''))
    expect(problems).toEqual([
      "the link 'gone' leads to /layers/gone/, which is not there",
      'the link to /curriculum needs a / at its end',
      'the link to ../cache/ is relative: write /<topic>/<lesson>/',
      'give the picture an alt text that says what it shows',
      'is still to be written: say more',
    ])
  })
  it('finds commands that the lab cannot run: on a machine that it does not have, or without a lab', () => {
    edit(lesson, (text) => `${text}\n\`\`\`sh node="node2"\ndocker ps\n\`\`\`\n`)
    expect(lint().join('\n')).toMatch(/is typed on node2, but labs\/layers\/cache\/lab.yaml has 1 node/)
    rmSync(path.join(root, 'labs/layers/cache'), { recursive: true })
    expect(lint().join('\n')).toMatch(/has no lab to be typed into: say why it is not run/)
  })
  it('reads on after YAML that is none', () => {
    edit('labs/layers/cache/lab.yaml', (text) => text.replace('minutes: 15', 'minutes: [15'))
    expect(lint()[0]).toMatch(/^labs\/layers\/cache\/lab.yaml: line \d+: is not valid YAML/)
  })
})
