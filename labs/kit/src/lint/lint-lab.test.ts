/** What lint says of a lab that loads: tasks without help, mistakes that nobody recorded, hints that give all away. */
import { expect, test } from 'vitest'
import type { Lab } from '../catalogue/lab.ts'
import { manifest } from '../schema.ts'
import { lintLab } from './lint-lab.ts'

const hint = (id: string, text: string) => ({ id, text })
const command = 'docker run -d --name web nginx:1.26'
const lab = (hints: { id: string; text: string }[], mistakes: Lab['mistakes']): Lab => ({
  ...{ id: 'a/b', folder: '/nowhere', checks: {}, files: undefined, mistakes, alternatives: [] },
  manifest: manifest.parse({
    ...{ title: 'A lab', summary: 'A lab for this test.', kind: 'challenge', minutes: 5 },
    tasks: [{ id: 'serve', goal: 'Serve.', hints }],
  }),
  solution: [{ task: 'serve', node: 'node1', script: `${command}\ndocker ps`, why: 'So.' }],
})
const mistake = { name: 'm', cheat: false, task: 'serve', hint: 'x', after: 0, node: 'node1', script: 'true' }

test('nothing, when all is there and only the last hint is the answer', () => {
  expect(lintLab(lab([hint('nudge', 'Think of `docker ps`.'), hint('command', `\`${command}\``)], [mistake]))).toEqual(
    [],
  )
})

test('a task without hint or mistake, and a hint that holds the answer too early', () => {
  expect(lintLab(lab([], [])).map((p) => `${p.file} ${p.message}`)).toEqual([
    "a/b/lab.yaml task 'serve' has no hint: write at least a nudge and one that is nearly the answer",
    "a/b/mistakes nothing fails task 'serve': record a mistake that people make there",
  ])
  const early = lab([hint('nudge', `Try \`${command}\`.`), hint('last', 'Really.')], [mistake])
  expect(lintLab(early)[0]?.message).toBe(
    `hint 'nudge' of task 'serve' holds the answer (${command}): only the last hint may`,
  )
})
