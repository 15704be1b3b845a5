/** Protects: a rehearsal names what is in the way in the order in which one has to mend it, and never says that it holds when it was not seen to. */
import { expect, test } from 'vitest'
import { judgeRehearsal, type Measured } from './judge-rehearsal.ts'

const good: Measured = {
  ...{ wanted: 60, started: 60, failed: 0, places: 60, taken: 0, short: null, nodes: 1, room: 12 },
  ...{ all_ms: 48_000, start_p95_ms: 3000, command_p95_ms: 900, starts: 3, late: false },
}

test.each([
  [
    {},
    true,
    'none',
    'All 60 labs run: the last prompt came after 48 s, and a command in all of them at once takes 0.9 s. There is room for 12 more.',
  ],
  [{ started: 40, places: 40, short: 'places', all_ms: null }, false, 'places', 'Raise DRYDOCK_MAX_SESSIONS'],
  [{ started: 55, taken: 5, short: 'places', all_ms: null }, false, 'places', 'of which 5 were others’'],
  [{ started: 31, short: 'host', all_ms: null }, false, 'host', 'the other 29 would wait'],
  [{ started: 30, short: 'host', nodes: 2, all_ms: null }, false, 'host', 'a larger machine'],
  [{ started: 58, failed: 2, all_ms: null }, false, 'host', '2 could not be started'],
  [{ started: 50, late: true, all_ms: null }, false, 'starts', '50 of 60 labs started within 120 s'],
  [{ command_p95_ms: 9000 }, false, 'processor', 'took 9 s'],
] as const)('%j', (change, holds, bottleneck, says) => {
  const judged = judgeRehearsal({ ...good, ...change })
  expect(judged).toMatchObject({ holds, bottleneck })
  expect(judged.says).toContain(says)
})
