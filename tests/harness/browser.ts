/** Playwright's `test` with the platform behind it, its address as base URL: one server for each worker, on the lab engine or without one. */
import path from 'node:path'
import { test as base } from '@playwright/test'
import { startBareServer, type BareServer } from './bare-server.ts'
import { repository, startPlatform, type Platform } from './platform.ts'

export const test = base.extend<object, { platform: Platform }>({
  platform: [
    // Playwright reads from the first parameter's pattern what a fixture depends on: here nothing.
    async ({}, use) => {
      const platform = await startPlatform()
      await use(platform)
      await platform.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ platform }, use) => use(platform.url),
})

/** For pages that open no lab: a server and a database of their own, beside those that use the engine. */
export const pageTest = base.extend<object, { platform: BareServer }>({
  platform: [
    async ({}, use) => {
      await using server = await startBareServer({ DRYDOCK_LABS: path.join(repository, 'labs') })
      await use(server)
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ platform }, use) => use(platform.url),
})

export { expect } from '@playwright/test'
