/** A lesson before its lab is opened brings at most 60 KB of JavaScript: terminal, editor and the rest come when they are wanted. */
import { expect, pageTest as test } from '../../harness/browser.ts'

test('JavaScript before a lab is opened: 60 KB at most, as sent', async ({ page }) => {
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto('/architecture/first-commands/', { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(60 * 1024)
})
