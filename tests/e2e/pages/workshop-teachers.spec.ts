/** A co-instructor comes by a link, sees and does what the other does; a link that was used or withdrawn opens nothing, and says so. */
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

const say = async (page: Page, name: string) => {
  await page.getByLabel('Your name, as learners read it').fill(name)
  await page.keyboard.press('Enter')
}

test('a colleague teaches by the link that they were given; nobody else does, with that link or another', async ({
  browser,
  platform,
}) => {
  const withdrawn = await platform.instructorLink()
  const { teacher, shop } = await openTeacher(browser, platform)
  await teacher.goto(`/teach/workshop/?id=${shop.id}#join`)
  await teacher.getByRole('button', { name: 'Invite a co-instructor' }).click()
  const link = await teacher.locator('.co-link output').innerText()

  const ike = await person(browser, platform.url, 'light', narrow)
  // They have the page open already, as whoever looks around first has.
  await ike.goto('/teach/')
  await expect(ike.getByText('Open it in this browser, or paste it here.', { exact: false })).toBeVisible()
  await ike.goto(link)
  await expect(ike.getByText('Your link was read.', { exact: false })).toBeVisible()
  expect(ike.url()).not.toContain('with=')
  await say(ike, 'Ike')
  await ike.waitForURL(`**/teach/workshop/?id=${shop.id}`)
  await expect(ike.getByText('Taught by Ike, Maria Lind.', { exact: false })).toBeVisible()
  await expect(teacher.getByText('Taught by Maria Lind, Ike.', { exact: false })).toBeVisible()
  await ike.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(teacher.locator('.workshop-state')).toHaveText('running')
  await ike.goto('/teach/')
  await expect(ike.getByRole('link', { name: shop.title })).toBeVisible()

  const stranger = await person(browser, platform.url, 'dark')
  await stranger.goto(link)
  await say(stranger, 'Mallory')
  await expect(stranger.getByRole('alert')).toContainText('This link is not good: it was used before')
  await accessible(stranger, 'a used link')
  await stranger.getByLabel('Link for instructors').fill(withdrawn)
  await stranger.keyboard.press('Enter')
  await expect(stranger.getByRole('alert')).toContainText('a newer one was made, or it is older than a week')
  await stranger.goto(`/teach/workshop/?id=${shop.id}`)
  await expect(stranger.getByRole('alert')).toContainText('it is taught by somebody else')
  await expect(stranger.locator('main')).not.toContainText(shop.title)
  // Whoever has used it themselves is led to what it has opened.
  await ike.goto(link)
  await ike.getByRole('button', { name: 'Teach from this browser' }).click()
  await ike.getByRole('alert').getByRole('link', { name: 'Your workshops' }).click()
  await expect(ike.getByRole('link', { name: shop.title })).toBeVisible()
  for (const page of [teacher, ike, stranger]) await page.context().close()
})

test('the list of workshops that was left in another tab says how they are now', async ({ browser, platform }) => {
  const { teacher, ask } = await openTeacher(browser, platform)
  await teacher.goto('/teach/')
  await expect(teacher.getByText('planned', { exact: true })).toBeVisible()
  await ask('/state', { to: 'running' })
  // Coming back to a tab; a browser without windows shows all of them at once.
  await teacher.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(teacher.getByText('running', { exact: true })).toBeVisible()
  await teacher.context().close()
})
