/** Who may import whom, as a lint rule: the table of allowed and forbidden imports between the folders of this repository. */
import path from 'node:path'

interface Boundary {
  /** Files it is about, as globs from the top of the repository. */
  files: string[]
  except?: string[]
  /** What may be imported: globs over repository paths, and package names. Everything else is refused. */
  only?: string[]
  /** What may not be imported, when `only` would be too long a list. */
  never?: string[]
  why: string
}

const tests = ['**/*.test.ts', '**/*.test.tsx']

export const boundaries: readonly Boundary[] = [
  {
    files: ['labs/kit/src/{schema,quiz-schema,bank-schema,outcome,check,index}.ts', 'labs/kit/src/engine/**'],
    except: tests,
    only: ['zod', 'labs/kit/src/{schema,quiz-schema,outcome,check}.ts', 'labs/kit/src/engine/**'],
    why: 'the schema and what checks import run in browsers and in nodes alike: zod and each other alone',
  },
  {
    files: ['sandbox-server/src/contract/**'],
    except: tests,
    only: ['zod', '@drydock/kit', '@drydock/kit/{schema,quiz-schema,bank-schema}', 'sandbox-server/src/contract/**'],
    why: 'the contract is shared with the browser: zod and the kit alone',
  },
  {
    files: ['labs/*/*/checks.ts'],
    except: ['labs/kit/**'],
    only: ['@drydock/kit'],
    why: 'checks are written with the kit alone',
  },
  {
    files: ['sandbox-server/src/**'],
    except: ['sandbox-server/src/runtime/**', ...tests],
    never: ['dockerode', 'docker-modem'],
    why: 'only runtime/ knows what nodes are made of',
  },
  {
    files: ['sandbox-server/src/**'],
    except: [
      'sandbox-server/src/http/**',
      'sandbox-server/src/**/{routes,*-routes,route}.ts',
      'sandbox-server/src/app.ts',
      ...tests,
    ],
    never: ['fastify', '@fastify/*', 'fastify-*'],
    why: 'only http/, route files and app.ts speak HTTP',
  },
  {
    files: ['sandbox-server/src/**'],
    except: ['sandbox-server/src/database/**', ...tests],
    never: ['node:sqlite'],
    why: 'only database/ knows which database it is',
  },
  {
    files: ['sandbox-server/**'],
    never: [
      'site/**',
      '@drydock/site',
      'tests/**',
      'labs/*/*/**',
      'infra/{cli,doctor,host,lint,bootstrap}/**',
      'infra/images/!(prepared.ts)',
    ],
    except: [...tests, 'sandbox-server/test/**'],
    why: 'the server stands on its own; of infra it reads the instance, what was prepared for it, and how the lab engine is reached',
  },
  {
    files: ['infra/**'],
    except: [...tests, 'infra/cli/main.ts'],
    never: ['site/**', 'tests/**', 'sandbox-server/**', '@drydock/sandbox-server'],
    why: 'infra starts the server as a process and never reaches into it',
  },
  {
    files: ['site/src/**'],
    never: [
      'labs/*/*/{checks,solution,mistakes}**',
      'labs/*/*/{solution,mistakes}/**',
      'infra/**',
      'sandbox-server/src/!(contract)/**',
      'dockerode',
      'fastify',
    ],
    why: 'nothing of checks, solutions or the server may reach a browser',
  },
  {
    files: ['site/src/islands/**'],
    except: tests,
    never: ['labs/**', 'node:*', '@drydock/kit'],
    why: 'islands run in the browser: of ours they see the contract and the schema',
  },
  {
    files: ['tests/**'],
    // Attacks take guards out of the server's own parts to show that they are what holds.
    except: ['tests/harness/**', 'tests/security/**', 'tests/vm/inside/**'],
    never: ['sandbox-server/src/!(contract)/**', 'site/src/**'],
    why: 'tests speak HTTP, WebSocket and the browser, as users do',
  },
]

const matches = (file: string, globs: readonly string[] = []) => globs.some((glob) => path.matchesGlob(file, glob))

/** A repository path for relative imports, the name as written for packages. */
export function resolveImport(from: string, specifier: string): string {
  return specifier.startsWith('.')
    ? path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier))
    : specifier
}

/** The reason why `from` (a repository path) may not import `specifier`, or null. */
export function decideImport(from: string, specifier: string): string | null {
  const target = resolveImport(from, specifier)
  for (const b of boundaries) {
    if (!matches(from, b.files) || matches(from, b.except)) continue
    const refused = b.only ? !matches(target, b.only) : matches(target, b.never)
    if (refused) return `${from} may not import '${specifier}': ${b.why}.`
  }
  return null
}

/** What the linter gives a rule, as far as this one uses it; https://oxc.rs/docs/guide/usage/linter/js-plugins.html. */
interface RuleContext {
  cwd: string
  filename: string
  report(problem: { node: unknown; messageId: string; data: Record<string, string> }): void
}

const boundariesRule = {
  meta: { type: 'problem', schema: [], messages: { refused: '{{reason}}' } },
  create(context: RuleContext) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/')
    const visit = (node: { source?: unknown }) => {
      const source = node.source as { type: string; value?: unknown } | null | undefined
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const reason = decideImport(file, source.value)
      if (reason) context.report({ node: source, messageId: 'refused', data: { reason } })
    }
    return {
      ImportDeclaration: visit,
      ExportNamedDeclaration: visit,
      ExportAllDeclaration: visit,
      ImportExpression: visit,
    }
  },
}

/** The lint plugin, as `.oxlintrc.json` loads it. */
export default { meta: { name: 'drydock' }, rules: { boundaries: boundariesRule } }
