/**
 * Vitest's projects. `unit`: `*.test.ts` anywhere, without root, network or engine. `api`: the whole server as its clients see it, over a
 * fake runtime; `postgres`: what of both works on a database, on PostgreSQL. The others run on the test instance's lab engine, which
 * `npm test` brings up: `*.engine.test.ts` beside the code, and the folders below tests/.
 */
import { defineConfig } from 'vitest/config'
import path from 'node:path'

const exclude = ['**/node_modules/**', '**/dist/**', '.drydock*/**', 'labs/*/*/files/**']
/** On one real engine, with time for nodes to boot. */
const onEngine = { exclude, testTimeout: 120_000, hookTimeout: 180_000 }
/**
 * The time ends what hangs: nobody says how quick these are, and where the machine has much else to do, the first
 * test of a worker takes ten times as long. Vitest would leave one processor idle, which on two is half of the machine.
 */
const withoutEngine = { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: '100%' }
/** Their servers take over what the others' would. */
const oneByOne = { ...onEngine, fileParallelism: false, sequence: { groupOrder: 2 } }

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    // Vitest's own second is short for a node, or for a machine that has something else to do; nothing promises it.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [
            ...exclude,
            '**/*.{engine,postgres}.test.ts',
            'sandbox-server/test/**',
            'tests/{faults,host,e2e}/**',
          ],
          ...withoutEngine,
        },
      },
      // The server as its clients see it, over a fake runtime.
      {
        extends: true,
        test: {
          name: 'api',
          include: ['sandbox-server/test/**/*.test.ts'],
          exclude: [...exclude, '**/*.postgres.test.ts'],
          ...withoutEngine,
        },
      },
      {
        extends: true,
        // Each file has sessions of its own, and waits for half of its time.
        test: {
          name: 'integration',
          include: ['**/*.engine.test.ts'],
          ...onEngine,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      // What reads and writes the database, once more on the other one.
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [
            '**/*.postgres.test.ts',
            'sandbox-server/src/database/**/*.test.ts',
            // All of the API, without what leaves nothing in the database that other tests do not.
            'sandbox-server/test/!(files|grading|preview|terminals|xray)/**/*.test.ts',
          ],
          exclude,
          globalSetup: 'tests/harness/provide-postgres.ts',
          ...withoutEngine,
        },
      },
      // What happens to the database, whose servers have a state of their own and no engine.
      {
        extends: true,
        test: { name: 'crashes', include: ['tests/faults/database/*.test.ts'], exclude, fileParallelism: false },
      },
      { extends: true, test: { name: 'faults', include: ['tests/faults/*.test.ts'], ...oneByOne } },
      {
        extends: true,
        test: { name: 'host', include: ['tests/host/**/*.test.ts'], ...oneByOne, testTimeout: 1_200_000 },
      },
    ],
  },
})
