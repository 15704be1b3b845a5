/** What an instructor ticks stays as chosen while the server has not answered, whatever the wall says meanwhile; and goes back when it refuses. */
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { openTeacher } from '../workshop-people.ts'

/** Answers of this address are held back until one says what becomes of them. */
async function holdBack(page: Page, address: string) {
  const asked = Promise.withResolvers<void>()
  const fate = Promise.withResolvers<'answered' | 'refused'>()
  const error = { code: 'INTERNAL', message: 'Not now.', retry: true }
  await page.route(
    address,
    async (route) => {
      asked.resolve()
      if ((await fate.promise) === 'answered') await route.continue()
      else await route.fulfill({ status: 500, json: { error } })
    },
    { times: 1 },
  )
  return { asked: asked.promise, end: fate.resolve }
}

test('locks, hints and solutions: ticked at once, whatever the wall says meanwhile, and back when it is refused', async ({
  browser,
  platform,
}) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform)
  await ask('/state', { to: 'running' })
  await teacher.goto(`/teach/workshop/?id=${shop.id}#together`)
  await teacher.locator('.locks summary').filter({ hasText: 'The build cache' }).click()
  const api = `**/api/workshops/${shop.id}`
  const boxes = [
    { box: teacher.locator('.locks').getByRole('checkbox').last(), address: `${api}/locks`, said: 'Locked.' },
    { box: teacher.getByLabel('Hints are open'), address: api, said: 'Hints are closed.' },
    { box: teacher.getByLabel('Solutions are open'), address: api, said: 'Solutions are open.' },
  ]
  const said = teacher.locator('.said')
  for (const [i, { box, address, said: done }] of boxes.entries()) {
    const before = await box.isChecked()
    const refused = await holdBack(teacher, address)
    await box.click()
    await refused.asked
    await expect(box).toBeChecked({ checked: !before })
    // The wall draws the page anew.
    await ask('/follow', { place: `/layers/cache/#task-${i}` })
    await expect(teacher.getByText(`follows you to /layers/cache/#task-${i}.`)).toBeVisible()
    await expect(box).toBeChecked({ checked: !before })
    refused.end('refused')
    await expect(said).toHaveText('Not now.')
    await expect(box).toBeChecked({ checked: before })

    const answered = await holdBack(teacher, address)
    await box.click()
    await answered.asked
    await ask('/follow', { place: '/layers/cache/' })
    await expect(teacher.getByText('follows you to', { exact: false })).not.toContainText('#task')
    await expect(box).toBeChecked({ checked: !before })
    answered.end('answered')
    await expect(said).toHaveText(done)
    await expect(box).toBeChecked({ checked: !before })
  }
  await expect(teacher.locator('.locks')).toContainText('1 locked')
  await teacher.context().close()
})
