/** Protects: an operator sees at a glance who has what, and that the server is drained. */
import { expect, test } from 'vitest'
import { formatSessions, type OperatorView } from './sessions-table.ts'

const minute = 60_000
const view: OperatorView = {
  ...{ maintenance: false, free: 38, queue: 1, warm: 2 },
  sessions: [
    {
      ...{ id: 'aaaa', lab: 'layers/cache', learner: 'f00d42', state: 'ready', nodes: 1, queue_place: null },
      ...{ created_at: 0, deadline: 90 * minute, memory: 120 * 2 ** 20, disk: 3 * 2 ** 20 },
    },
    {
      ...{ id: 'bb', lab: 'swarm/three', learner: 'beef01', state: 'starting', nodes: 3, queue_place: 1 },
      ...{ created_at: 11 * minute, deadline: null, memory: null, disk: null },
    },
  ],
}

test('one line a session, and a sum', () => {
  expect(formatSessions(view, 12 * minute).split('\n')).toEqual([
    'session  lab           learner  state           machines  since       ends       memory  disk',
    'aaaa     layers/cache  f00d42   ready           1         12 min ago  in 78 min  120 MB  3 MB',
    'bb       swarm/three   beef01   waits, place 1  3         1 min ago',
    '',
    '2 sessions, 120 MB of memory, 3 MB of disk; 38 more can start at once, 1 wait, 2 booted ahead.',
  ])
})

test('an empty server, drained', () => {
  expect(formatSessions({ ...view, sessions: [], maintenance: true }, 0)).toMatch(
    /^No sessions; 38 more.*\nDrained: no new labs begin\. `npm run sessions -- undrain`/,
  )
})
