/** Playwright's `test` with the platform behind it: one server for each worker, its address as base URL. */
import { test as base } from '@playwright/test'
import { startPlatform, type Platform } from './platform.ts'

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

export { expect } from '@playwright/test'
