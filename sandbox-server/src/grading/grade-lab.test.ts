/** Grading without a session, as `labs verify` does it. */
import { fail, pass } from '@drydock/kit'
import { setImmediate } from 'node:timers/promises'
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
  const grader = createLabGrader({ lab, nodes: [new FakeNode('node1', 'work')], values: {}, seed: 1, logger })
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
  const grader = createLabGrader({ lab, nodes: [node], values: {}, seed: 1, logger })
  expect((await grader.grade()).get('a')?.status).toBe('unavailable')
  expect(node.deleted).toEqual(['/containers/c1?force=1&v=1'])
})

test('an acting check runs alone, or is left out; what is remembered counts either way', async () => {
  const log: string[] = []
  const check = (name: string) => async () => {
    log.push(`${name} begins`)
    await setImmediate()
    log.push(`${name} ends`)
    return pass()
  }
  const tasks = [
    { id: 'seen', goal: 'S.', type: 'holds' as const },
    { id: 'also', goal: 'S.', type: 'holds' as const },
    { id: 'acts', goal: 'A.', check: 'acting' as const },
    { id: 'last', goal: 'L.', type: 'holds' as const, after: ['acts'] },
  ]
  const checks = Object.fromEntries(tasks.map(({ id }) => [id, check(id)]))
  const lab = createLab('layers/graded', { tasks }, checks)
  const grader = createLabGrader({ lab, nodes: [new FakeNode('node1', 'work')], values: {}, seed: 1, logger })
  expect([...(await grader.grade({ acting: false }))].map(([id, o]) => `${id} ${o.status}`)).toEqual([
    'seen pass',
    'also pass',
    'last blocked',
  ])
  log.length = 0
  await grader.grade()
  expect(log.slice(0, 2)).toEqual(['seen begins', 'also begins'])
  expect(log.slice(4)).toEqual(['acts begins', 'acts ends', 'last begins', 'last ends'])
  log.length = 0
  grader.remember('acts')
  expect((await grader.grade({ acting: false })).get('last')?.status).toBe('pass')
  expect(log).not.toContain('acts begins')
})
