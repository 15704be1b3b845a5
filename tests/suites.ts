/** The whole suite as one table: what `npm test` runs, in this order. */
export interface Suite {
  name: string
  /** Script for our Node, and its arguments. */
  command: readonly [string, ...string[]]
  /** How its results are counted; see runner/reports.ts. */
  report: 'vitest' | 'playwright' | 'check' | 'verify' | 'figures' | 'attacks'
  /** Capabilities (as doctor names them) without which none of it can run. */
  needs?: readonly string[]
  /** Runs on the lab engine, which is brought up before the first such suite. */
  engine: boolean
  /** Minutes after which it is ended and counted as failed. */
  minutes: number
  /** Runs at the same time as the one before it in the table, which mostly waits, and shares neither server nor state with it. */
  beside?: true
}

const vitest = (...projects: string[]): [string, ...string[]] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  ...['--config', 'tests/vitest.config.ts', '--reporter', 'default', '--reporter', 'json'],
]

export const suites: readonly Suite[] = [
  {
    name: 'check',
    command: ['infra/cli/main.ts', 'check', 'lint', 'site', 'types', 'format', 'unused', '--json'],
    report: 'check',
    engine: false,
    minutes: 5,
  },
  { name: 'unit', command: vitest('unit'), report: 'vitest', engine: false, minutes: 5 },
  { name: 'integration', command: vitest('integration'), report: 'vitest', engine: true, minutes: 20 },
  {
    name: 'labs',
    command: ['sandbox-server/src/verify-main.ts', '--again', '--json'],
    report: 'verify',
    engine: true,
    minutes: 45,
  },
  { name: 'faults', command: vitest('faults'), report: 'vitest', engine: true, minutes: 15 },
  // Not on the lab engine, but they take what is installed with one.
  { name: 'crashes', command: vitest('crashes'), report: 'vitest', engine: true, minutes: 15, beside: true },
  {
    name: 'api',
    command: vitest('api', 'postgres'),
    report: 'vitest',
    engine: true,
    minutes: 15,
    beside: true,
  },
  {
    name: 'attacks',
    command: ['tests/security/main.ts', '--json'],
    report: 'attacks',
    engine: true,
    minutes: 12,
  },
  {
    name: 'browser',
    command: [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      'tests/playwright.config.ts',
      '--reporter',
      'list,json',
    ],
    report: 'playwright',
    engine: true,
    minutes: 25,
  },
  { name: 'host', command: vitest('host'), report: 'vitest', engine: true, minutes: 15 },
]
