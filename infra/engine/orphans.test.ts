import { expect, test } from 'vitest'
import { parseTasks } from './orphans.ts'

test('tasks are read from the table of containerd, also when there are none', () => {
  const table = 'TASK        PID      STATUS    \n4c534dc6    27504    RUNNING\n36331f8b    27511    STOPPED\n'
  expect(parseTasks(table)).toEqual([
    { id: '4c534dc6', pid: 27504 },
    { id: '36331f8b', pid: 27511 },
  ])
  expect(parseTasks('TASK    PID    STATUS    \n')).toEqual([])
})
