/** Signing in with an account in a real browser, at a real provider: there by keyboard, back with all that this browser had, and out again on both. */
import { expect, test, type Page } from '@playwright/test'
import { openProvider } from '../../../sandbox-server/test/learners/provider.ts'
import { startBareServer } from '../../harness/bare-server.ts'
import { accessible } from '../accessible.ts'

/** The provider's own two pages: who one is, and that this site may know it. */
async function passProvider(page: Page, issuer: string, who: string): Promise<void> {
  await page.waitForURL((url) => url.origin === issuer)
  await page.locator('input[name="login"]').fill(who)
  await page.locator('input[name="password"]').fill('any')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** `topic`: everybody meets the questions of one in an order of their own, so that two who take the same topic may meet the same question. */
async function answerOne(page: Page, topic: string): Promise<void> {
  await page.goto(`/practice/review/?of=new&topic=${topic}`)
  await expect(page.locator('.one-question form')).toBeVisible()
  await page.getByRole('button', { name: 'I do not know' }).click()
  await expect(page.getByText('Now you do.')).toBeVisible()
}

test('signed in, seen on another device, signed out here and at the provider; a cancelled sign-in says so', async ({
  browser,
}) => {
  await using provider = await openProvider()
  await using server = await startBareServer(provider.env)
  const { url: baseURL } = server.learner()
  await provider.start(baseURL)
  const first = await browser.newContext({ baseURL, colorScheme: 'dark', viewport: { width: 360, height: 740 } })
  const page = await first.newPage()
  await answerOne(page, 'volumes')
  await page.goto('/progress/#devices')
  const account = page.getByRole('region', { name: 'Sign in with the harbour office' })
  await account.getByRole('button', { name: 'Sign in' }).focus()
  await page.keyboard.press('Enter')
  // Whoever turns round at the provider is told, and has lost nothing.
  await page.waitForURL((url) => url.origin === provider.issuer)
  await page.getByRole('link', { name: /cancel/i }).click()
  await expect(account.getByRole('alert')).toContainText('the sign-in was cancelled')
  await account.getByRole('button', { name: 'Sign in' }).click()
  await passProvider(page, provider.issuer, 'alice')
  const signedIn = page.getByRole('heading', { name: 'Signed in with the harbour office' })
  await expect(signedIn).toBeVisible()
  expect(new URL(page.url()).origin).toBe(baseURL)
  await accessible(page, 'signed in')

  const second = await browser.newContext({ baseURL })
  const other = await second.newPage()
  await answerOne(other, 'layers')
  await other.goto('/progress/#devices')
  await other.getByRole('button', { name: 'Sign in' }).click()
  await passProvider(other, provider.issuer, 'alice')
  await expect(other.getByRole('heading', { name: 'Signed in with the harbour office' })).toBeVisible()
  await other.goto('/privacy/')
  await expect(other.getByRole('row', { name: 'Practice 2 cards, 2 answers' })).toBeVisible()

  await other.goto('/progress/#devices')
  await other.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await other.getByRole('button', { name: 'Sign them out' }).click()
  await expect(other.getByText('Signed out everywhere else.')).toBeVisible()
  await page.reload()
  await expect(account).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Signed in/ })).toHaveCount(0)

  await other.getByRole('button', { name: 'Sign out', exact: true }).click()
  await other.getByRole('button', { name: 'Sign out', exact: true }).click()
  await other.getByRole('link', { name: 'sign out of the harbour office too' }).click()
  await other.waitForURL((url) => url.origin === provider.issuer)
  await Promise.all([first.close(), second.close()])
})
