/** Playwright: Debian's chromium (or whichever is there), one worker for labs, because there is one engine, and what is left for pages without. */
import { defineConfig } from '@playwright/test'
import { findBrowser } from '../infra/host/programs.ts'

const executablePath = findBrowser()
if (!executablePath) throw new Error('No chromium was found. `npm test -- browser` installs Debian’s.')

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results',
  workers: 2,
  projects: [
    { name: 'labs', testIgnore: 'pages/**', workers: 1 },
    // Beside the labs with one worker, and with both when those are through.
    { name: 'pages', testMatch: 'pages/**', workers: 2 },
  ],
  fullyParallel: false,
  // What passes only then is named by the runner, and is a defect; more than a few of it have failed.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    // Without the film of it, which costs a third of a page test's time; the picture of the end is there all the same.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
