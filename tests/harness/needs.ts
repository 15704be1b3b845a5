/** Tests that take a capability of the host: run when doctor found it, else skipped under a title that says which is missing. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { testInstance } from './platform.ts'

interface Skippable {
  (title: string, test: () => unknown): unknown
  skip: (title: string, test: () => unknown) => unknown
}

/** `needs(test, 'ipvs')('a virtual IP answers', async () => …)`, with the test function of vitest or Playwright. */
export function needs(test: Skippable, capability: string): (title: string, body: () => unknown) => unknown {
  const found = hasCapability(capability)
  return (title, body) => (found ? test : test.skip)(`${title} [needs ${capability}]`, body)
}

/** As doctor found at the start of this run; unknown names and a missing file are mistakes, not reasons to skip. */
export function hasCapability(name: string): boolean {
  const file = path.join(testInstance().state, 'capabilities.json')
  if (!existsSync(file)) throw new Error(`${file} is missing: run this through \`npm test -- <suite>\`.`)
  const { capabilities } = JSON.parse(readFileSync(file, 'utf8')) as { capabilities: { name: string; ok: boolean }[] }
  const found = capabilities.find((capability) => capability.name === name)
  if (!found) throw new Error(`doctor knows no capability '${name}'.`)
  return found.ok
}
