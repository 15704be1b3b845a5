/** What `npm run check` consists of: one table, the longest parts first. */
export interface Part {
  name: string
  /** Programs, as paths from node_modules/.bin, with their arguments, run one after another. */
  commands: readonly (readonly [string, ...string[]])[]
  cwd?: string
}

/** What is unchanged since the last run is not looked at again. */
const cache = 'node_modules/.cache/drydock'
/** TypeScript 7 compiles in a tenth of the time; Astro still needs the programming interface of 6. */
const tsc = (project: string): [string, ...string[]] => ['../typescript-7/bin/tsc', '-p', project, '--pretty', 'false']

export const parts: readonly Part[] = [
  { name: 'site', commands: [['astro', 'check', '--minimumFailingSeverity', 'error']], cwd: 'site' },
  {
    name: 'types',
    commands: [
      tsc('sandbox-server'),
      // Compiled without Node and without the DOM, so that a wrong import does not compile.
      tsc('sandbox-server/src/contract'),
      tsc('labs/kit/tsconfig.schema.json'),
      tsc('labs/kit'),
      tsc('labs'),
      tsc('infra'),
      tsc('tests'),
    ],
  },
  { name: 'unit', commands: [['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', 'unit']] },
  {
    name: 'format',
    commands: [
      [
        'prettier',
        '--check',
        '--log-level',
        'warn',
        '--cache',
        '--cache-strategy',
        'content',
        '--cache-location',
        `${cache}/prettier`,
        '.',
      ],
    ],
  },
  { name: 'lint', commands: [['oxlint']] },
  { name: 'unused', commands: [['knip', '--no-progress', '--no-config-hints']] },
]
