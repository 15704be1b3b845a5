/** Vitest's set-up of the project `postgres`: one server for all its files, whose address `inject('postgres')` gives. */
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  // As in sandbox-server/test/test-database.ts, which is compiled apart.
  interface ProvidedContext {
    postgres: string | undefined
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ durable: false })
  project.provide('postgres', postgres.url())
  return async () => await postgres[Symbol.asyncDispose]()
}
