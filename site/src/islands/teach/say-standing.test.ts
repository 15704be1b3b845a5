/** Protects: nobody who waits for a place, or for a task that is locked, is said to be through. */
import type { WallLearner } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import { sayStanding } from './say-standing.ts'

const lab = 'layers/cache'
type Standing = Parameters<typeof sayStanding>[0]
const waits = (queue_place: number | null): WallLearner['session'] => ({
  state: 'starting',
  queue_place,
  terminals: [],
})

test.each<[string, Standing]>([
  ['2. in the queue', { session: waits(2), lab, tasks: { [lab]: ['current', 'open'] } }],
  ['starting', { session: waits(null), lab, tasks: { [lab]: ['done', 'shown'] } }],
  ['all done', { session: null, lab, tasks: { [lab]: ['done', 'shown'] } }],
  ['1 of 2 done', { session: null, lab, tasks: { [lab]: ['done', 'open'] } }],
  ['not begun', { session: null, lab, tasks: { [lab]: ['current', 'open'] } }],
])('%s', (says, standing) => expect(sayStanding(standing)).toBe(says))
