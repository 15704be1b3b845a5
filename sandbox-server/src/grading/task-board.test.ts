/** What counts as a try: another verdict or another hint, never the same with other figures. */
import { fail, pass, type Outcome } from '@drydock/kit'
import { manifest } from '@drydock/kit/schema'
import { expect, test } from 'vitest'
import { blocked } from './grade-lab.ts'
import { unavailable } from './run-check.ts'
import { TaskBoard } from './task-board.ts'

const { tasks } = manifest.parse({
  title: 'A lab for tests',
  summary: 'Nobody ever sees it.',
  kind: 'guided',
  minutes: 1,
  tasks: [
    { id: 'seen', goal: 'Do it.', type: 'holds' },
    { id: 'acts', goal: 'Do it.', check: 'acting' },
  ],
})

const no = (hint: string, observed = 'nothing') => fail({ expected: 'a', observed, hint })

test.each<[string, string, number, Outcome[]]>([
  ['the first look is none', 'seen', 0, [no('a')]],
  ['the same with other figures is none', 'seen', 0, [no('a', 'uses 0.98 CPU'), no('a', 'uses 0.97 CPU')]],
  ['another hint is one', 'seen', 1, [no('a'), no('b'), no('b')]],
  ['to pass is one, to go on passing none', 'seen', 1, [no('a'), pass('1'), pass('2')]],
  ['to break it is one', 'seen', 2, [no('a'), pass(), no('a')]],
  ['that its turn has come is none, to pass at once is one', 'seen', 1, [blocked(['x']), no('a'), pass()]],
  ['our own failure is none', 'seen', 0, [no('a'), unavailable('ours'), no('a')]],
  ['of what acts, every answer is one', 'acts', 3, [no('a'), no('a'), unavailable('ours'), blocked(['x']), pass()]],
])('%s', (_name, task, tries, outcomes) => {
  const board = new TaskBoard(tasks, [])
  for (const outcome of outcomes) board.record(task, outcome, 1)
  expect(board.get(task)?.tries).toBe(tries)
})
