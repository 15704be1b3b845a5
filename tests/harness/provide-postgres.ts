/** Vitest's set-up of the project `postgres`: one server for all its files, whose address `inject('postgres')` gives. */
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ durable: false })
  project.provide('postgres', postgres.url())
  return async () => await postgres[Symbol.asyncDispose]()
}
