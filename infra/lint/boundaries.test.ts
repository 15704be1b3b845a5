/** The boundaries hold: each forbidden import is refused with its reason, and what the folders need stays allowed. */
import { expect, test } from 'vitest'
import { decideImport } from './boundaries.ts'

const refused: [string, string][] = [
  ['labs/kit/src/schema.ts', 'node:fs'],
  ['sandbox-server/src/contract/labs.ts', 'fastify'],
  ['sandbox-server/src/contract/labs.ts', '../sessions/session.ts'],
  ['labs/layers/cache/checks.ts', 'node:fs'],
  ['labs/layers/cache/checks.ts', '../../isolation/cgroups/checks.ts'],
  ['sandbox-server/src/sessions/manager.ts', 'dockerode'],
  ['sandbox-server/src/sessions/manager.ts', 'fastify'],
  ['sandbox-server/src/sessions/manager.ts', '../../../infra/cli/step.ts'],
  ['sandbox-server/src/runtime/docker/disks.ts', '../../../../infra/images/layers.ts'],
  ['site/src/islands/lab/pane.tsx', '../../../../labs/layers/cache/checks.ts'],
  ['site/src/islands/lab/pane.tsx', 'node:fs'],
  ['site/src/components/Task.astro', '../../../labs/layers/cache/solution/01-order.sh?raw'],
  ['infra/cli/start.ts', '../../sandbox-server/src/app.ts'],
  ['tests/e2e/first.spec.ts', '../../sandbox-server/src/sessions/manager.ts'],
]

const allowed: [string, string][] = [
  ['labs/kit/src/index.ts', './outcome.ts'],
  ['labs/kit/src/catalogue.ts', 'node:fs'],
  ['sandbox-server/src/contract/labs.ts', '@drydock/kit/schema'],
  ['labs/layers/cache/checks.ts', '@drydock/kit'],
  ['sandbox-server/src/runtime/docker/nodes.ts', 'dockerode'],
  ['sandbox-server/src/sessions/routes.ts', 'fastify'],
  ['sandbox-server/src/runtime/docker/disks.ts', '../../../../infra/images/prepared.ts'],
  ['sandbox-server/src/config.ts', '../../infra/instance.ts'],
  ['site/src/islands/lab/pane.tsx', '@drydock/sandbox-server/contract'],
  ['tests/e2e/first.spec.ts', '../harness/platform.ts'],
]

test.each(refused)('%s may not import %s', (from, specifier) => {
  expect(decideImport(from, specifier)).toContain(specifier)
})

test.each(allowed)('%s may import %s', (from, specifier) => {
  expect(decideImport(from, specifier)).toBeNull()
})
