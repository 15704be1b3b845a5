/** What an author begins with loads as it is, and lint finds in it nothing but what is still to be written. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadLab } from '../catalogue/load-lab.ts'
import { readQuiz } from '../quiz/lint-quiz.ts'
import { lintLab } from './lint-lab.ts'
import { listLesson, scaffold } from './scaffold.ts'

const labs = path.resolve(import.meta.dirname, '../../..')

test('the scaffold loads, and its lesson shows its task', async () => {
  const root = await mkdtemp(path.join(labs, '.test-'))
  try {
    for (const [name, text] of Object.entries(scaffold('volumes/a-new-one'))) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true })
      await writeFile(path.join(root, name), text)
    }
    const { lab, problems } = await loadLab(path.join(root, 'labs/volumes/a-new-one'))
    expect(problems).toEqual([])
    expect(lintLab(lab!)).toEqual([])
    expect(lab?.lesson?.items.map((item) => item.kind)).toEqual(['block', 'task'])
    const quiz = await readFile(path.join(root, 'lessons/volumes/a-new-one/quiz.yaml'), 'utf8')
    expect(readQuiz(quiz).problems).toEqual([])
  } finally {
    await rm(root, { recursive: true })
  }
})

test('the lesson is listed at the end of its topic, in either form of the list', () => {
  const plan =
    'topics:\n  - id: a\n    lessons: []\n  - id: b\n    lessons: [b/x]\n  - id: c\n    lessons:\n      - c/x\n'
  expect(listLesson(plan, 'a/y')).toContain('lessons: [a/y]\n  - id: b')
  expect(listLesson(plan, 'b/y')).toContain('lessons: [b/x, b/y]')
  expect(listLesson(plan, 'c/y')).toContain('      - c/x\n      - c/y\n')
  expect(listLesson(plan, 'd/y')).toBeUndefined()
})
