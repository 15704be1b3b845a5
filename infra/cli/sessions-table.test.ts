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
  workshops: [],
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

test('workshops that keep places, with what to do about one that was forgotten', () => {
  const class0 = { title: 'Docker before lunch', places: 12, of: 12, learners: 9 }
  const times = { starts_at: 60 * minute, began_at: null, paused_at: null }
  const workshops = [
    { ...class0, ...times, id: 'cc', state: 'waiting' },
    { ...class0, ...times, id: 'd', state: 'running', began_at: 10 * minute },
    { ...class0, ...times, id: 'e', state: 'paused', began_at: 10 * minute, paused_at: 20 * minute, places: 4 },
    { ...class0, ...times, id: 'f', state: 'waiting', starts_at: 15 * minute },
  ]
  expect(formatSessions({ ...view, sessions: [], workshops }, 40 * minute).split('\n')).toEqual([
    'workshop  title                state                         places kept  learners',
    'cc        Docker before lunch  begins in 20 min              12 of 12     9',
    'd         Docker before lunch  running for 30 min            12 of 12     9',
    'e         Docker before lunch  paused for 20 min             4 of 12      9',
    'f         Docker before lunch  should have begun 25 min ago  12 of 12     9',
    '',
    expect.stringMatching(/^No sessions; 38 more/) as string,
    expect.stringContaining('end <workshop>') as string,
  ])
})

test('an empty server, drained', () => {
  expect(formatSessions({ ...view, sessions: [], maintenance: true }, 0)).toMatch(
    /^No sessions; 38 more.*\nDrained: no new labs begin\. `npm run sessions -- undrain`/,
  )
})
