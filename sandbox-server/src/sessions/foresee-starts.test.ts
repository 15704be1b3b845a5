/** Protects: what a learner in the queue is told is a promise: it holds whenever labs run to their end, and never gets later. */
import { expect, test } from 'vitest'
import { foreseeStarts, type Situation } from './foresee-starts.ts'

const minute = 60_000
const base: Situation = {
  free: 0,
  room: 100,
  taken: [],
  waiting: [1, 1, 1],
  session_ms: 90 * minute,
  starts: 3,
  now: 0,
}
const taken = (...minutes: (number | null)[]) =>
  minutes.map((at) => ({ nodes: 1, since: 0, endsBy: at === null ? null : at * minute }))
const minutes = (times: (number | null)[]) => times.map((at) => at && Math.floor(at / minute))

test('each waits for the next end; a place that was taken again ends after a whole session', () => {
  expect(minutes(foreseeStarts({ ...base, taken: taken(10, 30) }))).toEqual([10, 30, 101])
})

test('a free place is taken at once, one that is still starting ends after a whole session', () => {
  expect(minutes(foreseeStarts({ ...base, free: 1, taken: taken(null) }))).toEqual([0, 91, 91])
})

test('three machines need the room of three', () => {
  const situation = { ...base, free: 5, room: 0, waiting: [3, 1], taken: taken(10, 20, 30, 40) }
  expect(minutes(foreseeStarts(situation))).toEqual([30, 40])
})

test('where nothing is known to end, nothing is promised', () => {
  expect(foreseeStarts({ ...base, room: 0, taken: [] })).toEqual([null, null, null])
})

test('whatever happens that may happen, nobody is told a later time', () => {
  // A queue of twelve before four places: each step one lab ends early, late or at its deadline, or someone leaves the queue.
  let seed = 7
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let round = 0; round < 200; round++) {
    const running = Array.from({ length: 4 }, () => ({
      nodes: 1,
      since: 0,
      endsBy: random(90 * minute) as number | null,
    }))
    const waiting = Array.from({ length: 12 }, (_, id) => ({ id, told: Infinity }))
    let now = 0
    while (waiting.length > 0) {
      const told = foreseeStarts({ ...base, taken: running, waiting: waiting.map(() => 1), now })
      waiting.forEach((each, i) => {
        expect(told[i]).toBeLessThanOrEqual(each.told)
        each.told = told[i] ?? Infinity
      })
      if (random(4) === 0) waiting.splice(random(waiting.length), 1)
      // The first to reach its deadline ends at the latest then; any may end before.
      const last = Math.min(...running.map((each) => each.endsBy ?? Infinity))
      const ends = random(2) === 0 ? running.findIndex((each) => each.endsBy === last) : random(running.length)
      now += Math.floor(((last - now) * random(100)) / 100)
      const next = waiting.shift()
      if (next) expect(now).toBeLessThanOrEqual(next.told)
      running[ends] = { nodes: 1, since: now, endsBy: now + base.session_ms }
    }
  }
})
