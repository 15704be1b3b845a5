/** A room whose site is plain http and an address: there browsers keep some of their powers from pages, and people still expect buttons to work. */
import { expect, pageTest as test } from '../../harness/browser.ts'

test('what is copied can be pasted where pages are given no clipboard', async ({ page, platform }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }))
  await page.goto(`${platform.url}/play/link/`)
  const made = page.locator('.made').first()
  const link = await made.getByRole('textbox').inputValue()
  const button = made.getByRole('button')
  await button.click()
  await expect(button).toHaveText('Copied')
  await expect(button).toBeFocused()
  const field = page.getByRole('textbox', { name: /^Text of/ }).first()
  await field.fill('')
  await field.press('Control+v')
  await expect(field).toHaveValue(link)
})
