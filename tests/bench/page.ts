/** What a lesson's page weighs before its lab is opened: bytes of the answers that a browser got, by kind, as they were sent. */
import { chromium } from '@playwright/test'
import config from '../playwright.config.ts'
import { startPlatform } from '../harness/platform.ts'
import { report } from './figures.ts'

await using platform = await startPlatform()
const browser = await chromium.launch(config.use?.launchOptions ?? {})
const page = await browser.newPage()
const kinds: Record<string, number> = { script: 0, document: 0, stylesheet: 0 }
const sizes: Promise<void>[] = []
page.on('requestfinished', (request) => {
  sizes.push(
    request.sizes().then(({ responseBodySize }) => {
      const kind = request.resourceType()
      if (kind in kinds) kinds[kind] = (kinds[kind] ?? 0) + responseBodySize
    }),
  )
})
await page.goto(`${platform.url}/architecture/first-commands/`, { waitUntil: 'networkidle' })
await Promise.all(sizes)
await browser.close()
const kilobytes = (kind: string) => (kinds[kind] ?? 0) / 1024
report({
  bench: 'page',
  figures: {
    js_gzip_kb: kilobytes('script'),
    html_gzip_kb: kilobytes('document'),
    css_gzip_kb: kilobytes('stylesheet'),
  },
  budget: { js_gzip_kb: { min: 0.1, max: 60 } },
})
