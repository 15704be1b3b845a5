/** One check: its time, its end, and what it may still do after it. */
import { pass, type Check, type Outcome } from '@drydock/kit'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { FakeNode } from '../../test/fake-runtime.ts'
import { createLab } from '../../test/test-labs.ts'
import { findTask } from './lab.ts'
import { runCheck } from './run-check.ts'

const lab = createLab('layers/one', { tasks: [{ id: 'a', goal: 'A.' }] }, {})
const task = findTask(lab, 'a')!
const base = { lab: lab.id, task, values: {}, seed: 1, scratch: 'drydock-check-x-', logger: pino({ level: 'silent' }) }

test('a check that takes too long is unavailable, and can do nothing more afterwards', async () => {
  const node = new FakeNode('node1', 'work')
  const [answered, late] = [Promise.withResolvers<undefined>(), Promise.withResolvers<unknown>()]
  const check = async (context: Parameters<Parameters<typeof runCheck>[0]['check']>[0]) => {
    await answered.promise
    await context.node1.exec(['rm', '-rf', '/']).catch(late.resolve)
    return pass()
  }
  const outcome = await runCheck({ ...base, check, nodes: [node], timeout_ms: 20 })
  answered.resolve(undefined)
  expect(outcome).toMatchObject({ status: 'unavailable', reason: expect.stringMatching(/longer than/) as string })
  expect(await late.promise).toBeInstanceOf(Error)
  expect(node.executed).toEqual([])
})

test('a node that never answers does not hold the check', async () => {
  const node = new FakeNode('node1', 'work')
  node.answers.set('/hangs', () => new Promise(() => undefined))
  const check = async (context: Parameters<Parameters<typeof runCheck>[0]['check']>[0]) => {
    await context.node1.get('/hangs')
    return pass()
  }
  expect((await runCheck({ ...base, check, nodes: [node], timeout_ms: 20 })).status).toBe('unavailable')
})

test('an engine that the learner stopped is seen as such, a node that is gone is ours', async () => {
  const node = new FakeNode('node1', 'work')
  const check = async (context: Parameters<Parameters<typeof runCheck>[0]['check']>[0]) => {
    await context.node1.get('/containers/json')
    return pass()
  }
  node.engineUp = false
  expect(await runCheck({ ...base, check, nodes: [node] })).toMatchObject({
    status: 'fail',
    expected: 'The Docker Engine of node1 answers.',
  })
  node.alive = false
  expect((await runCheck({ ...base, check, nodes: [node] })).status).toBe('unavailable')
})

test('files are read inside the node, by name and not through a shell word', async () => {
  const node = new FakeNode('node1', 'work')
  node.onExec = (argv) => ({
    code: argv[4] === '/root/work/a;b $(c)' ? 0 : 3,
    stdout: 'text',
    stderr: '',
    truncated: false,
  })
  const read: (string | undefined)[] = []
  const check = async (context: Parameters<Parameters<typeof runCheck>[0]['check']>[0]) => {
    read.push(await context.node1.read('a;b $(c)'), await context.node1.read('/etc/none'))
    return pass()
  }
  expect(await runCheck({ ...base, check, nodes: [node] })).toEqual({ status: 'pass' })
  expect(read).toEqual(['text', undefined])
})

test.each([
  ['throws', async () => Promise.reject(new Error('secret path'))],
  ['answers nonsense', async () => ({ status: 'won' }) as unknown as Outcome],
  ['answers nothing', async () => undefined as unknown as Outcome],
  ['answers with a flood', async () => ({ status: 'fail', expected: 'x'.repeat(1e6), observed: 'y' }) as const],
  [
    'has an answer that throws when it is read',
    async () => Object.defineProperty({}, 'status', { get: thrower }) as Outcome,
  ],
])('a check that %s is unavailable, with its lab and its name', async (_what, check) => {
  const outcome = await runCheck({ ...base, check, nodes: [new FakeNode('node1', 'work')] })
  const reason = 'The check `a` of layers/one itself failed. That is our fault, not yours; it was logged.'
  expect(outcome).toEqual({ status: 'unavailable', reason })
})

function thrower(): never {
  throw new Error('no')
}

test('checks that ask the same at the same moment ask the node once, and each may keep its answer', async () => {
  const node = new FakeNode('node1', 'work')
  let requests = 0
  const gate = Promise.withResolvers<void>()
  node.answers.set('/list', async () => {
    requests++
    await gate.promise
    return [3, 1, 2]
  })
  const seen: unknown[] = []
  const check: Check = async ({ node1 }) => {
    seen.push(((await node1.get('/list')) as number[]).sort())
    return pass()
  }
  const runs = [1, 2, 3].map(() => runCheck({ ...base, check, nodes: [node] }))
  gate.resolve()
  await Promise.all(runs)
  expect(requests).toBe(1)
  expect(seen[0]).not.toBe(seen[1])
  await runCheck({ ...base, check, nodes: [node] })
  expect(requests).toBe(2)
})
