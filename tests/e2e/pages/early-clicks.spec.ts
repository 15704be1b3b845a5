/** On a slow line the buttons of a page are there before the code behind them: who clicks then has not clicked in vain. */
import { expect, pageTest as test } from '../../harness/browser.ts'

test('a click before the page is alive is made once it is, and once only', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const asked = Promise.withResolvers<void>()
  const code = Promise.withResolvers<void>()
  await page.route(/view-tabs.*\.js/, async (route) => {
    asked.resolve()
    await code.promise
    await route.continue()
  })
  await page.goto('/architecture/first-commands/', { waitUntil: 'commit' })
  await asked.promise
  const lab = page.getByRole('button', { name: /^Lab/ })
  await lab.click()
  await lab.click()
  await expect(page.locator('html')).toHaveAttribute('data-view', 'lesson')
  code.resolve()
  await expect(page.locator('html')).toHaveAttribute('data-view', 'lab')

  // Alive, it answers each click by itself.
  await page.getByRole('button', { name: 'Lesson' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-view', 'lesson')
})
