/** Grading without a session, as `labs verify` does it. */
import { fail, pass } from '@drydock/kit'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { FakeNode } from '../../test/fake-runtime.ts'
import { createLab } from '../../test/test-labs.ts'
import { createLabGrader } from './grade-lab.ts'

const logger = pino({ level: 'silent' })

test('a once task that passed stays passed; who comes after a failed one is blocked, and so on', async () => {
  const truth = { a: false, b: false }
  const tasks = [
    { id: 'a', goal: 'A.' },
    { id: 'b', goal: 'B.', type: 'holds' as const, after: ['a'] },
    { id: 'c', goal: 'C.', after: ['b'] },
  ]
  const wrong = fail({ expected: 'x', observed: 'y' })
  const lab = createLab(
    'layers/graded',
    { tasks },
    {
      a: async () => (truth.a ? pass() : wrong),
      b: async () => (truth.b ? pass() : wrong),
      c: async () => wrong,
    },
  )
  const grader = createLabGrader({ lab, nodes: [new FakeNode('node1', 'work')], seed: 1, logger })
  const statuses = async () => [...(await grader.grade())].map(([id, outcome]) => `${id} ${outcome.status}`)
  expect(await statuses()).toEqual(['a fail', 'b blocked', 'c blocked'])
  truth.a = truth.b = true
  expect(await statuses()).toEqual(['a pass', 'b pass', 'c fail'])
  truth.a = truth.b = false
  expect(await statuses()).toEqual(['a pass', 'b fail', 'c blocked'])
})

test('what an acting check made is removed, even when the check crashes', async () => {
  const node = new FakeNode('node1', 'work')
  const lab = createLab(
    'layers/graded',
    { tasks: [{ id: 'a', goal: 'A.', check: 'acting' }] },
    {
      a: async (context) => {
        node.answers.set('/containers/json?all=1', [{ Id: 'c1', Names: [`/${context.scratch}x`] }])
        throw new Error('crash')
      },
    },
  )
  const grader = createLabGrader({ lab, nodes: [node], seed: 1, logger })
  expect((await grader.grade()).get('a')?.status).toBe('unavailable')
  expect(node.deleted).toEqual(['/containers/c1?force=1&v=1'])
})
