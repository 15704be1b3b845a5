/** The door of a workshop that asks: who waits is let in by hand or turned away, renamed, taken out, let in again; and each reads what became of them. */
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('learners at the door are let in, turned away, renamed, taken out and let in again, and each is told', async ({
  browser,
  platform,
}) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform, { door: 'ask' })
  const ada = await person(browser, platform.url, 'light', narrow)
  const bo = await person(browser, platform.url, 'dark')
  const cy = await person(browser, platform.url, 'light', narrow)
  const enter = async (page: Page, name: string) => {
    await page.goto(`/join/#${shop.code}`)
    await page.getByLabel('Your name in this class').fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByText('sees that you are at the door', { exact: false })).toBeVisible()
  }
  await enter(ada, 'Ada')
  await enter(bo, 'Bo')
  await enter(cy, 'Cy')
  await teacher.goto(`/teach/workshop/?id=${shop.id}#wall`)
  const tile = (name: string) => teacher.locator('[data-tile]').filter({ hasText: name })
  const back = () => teacher.getByRole('button', { name: 'All learners' }).click()
  await expect(teacher.getByText('Waits to be let in')).toHaveCount(3)

  await tile('Ada').click()
  await teacher.getByRole('button', { name: 'Let them in' }).click()
  await expect(ada.getByText('You are in. It begins in a moment', { exact: false })).toBeVisible()
  await back()

  await tile('Bo').click()
  await teacher.getByRole('button', { name: 'Turn away' }).click()
  await teacher.getByRole('button', { name: 'Turn Bo away' }).click()
  const told = bo.locator('main')
  await expect(told).toContainText('Maria Lind did not let you in.')
  await bo.getByRole('button', { name: 'Join with a code' }).click()
  await bo.getByLabel('Code').fill(shop.code!)
  await bo.keyboard.press('Enter')
  await expect(bo.getByRole('alert')).toContainText('did not let you into this workshop')

  // The others at once, while the class runs.
  await expect(teacher.getByText('Waits to be let in')).toHaveCount(1)
  await ask('/state', { to: 'running' })
  await expect(cy.getByText('The class has begun. Your instructor sees', { exact: false })).toBeVisible()
  await teacher.getByRole('button', { name: 'Let them in' }).click()
  await expect(cy.getByRole('heading', { name: 'The plan' })).toBeVisible()

  await tile('Ada').click()
  await teacher.getByRole('button', { name: 'Rename' }).click()
  await teacher.getByLabel('New name').fill('Cy')
  await teacher.keyboard.press('Enter')
  await expect(ada.getByText('You are Cy (2).')).toBeVisible()
  await teacher.getByRole('button', { name: 'Remove', exact: true }).click()
  await teacher.getByRole('button', { name: 'Remove Cy (2)' }).click()
  await expect(ada.locator('main')).toContainText('Maria Lind has taken you out of this workshop.')

  await expect(teacher.locator('[data-tile]')).toHaveCount(1)
  await teacher.getByText('2 learners taken out').click()
  await accessible(teacher, 'who was taken out')
  await teacher.getByRole('button', { name: 'Let Cy (2) in again' }).click()
  await expect(tile('Cy (2)')).toBeVisible()
  await expect(teacher.getByText('1 learner taken out')).toBeVisible()
  await ada.getByRole('button', { name: 'Join with a code' }).click()
  await ada.getByLabel('Code').fill(shop.code!)
  await ada.keyboard.press('Enter')
  await expect(ada.getByRole('heading', { name: 'The plan' })).toBeVisible()
  for (const page of [teacher, ada, bo, cy]) await page.context().close()
})
