/** Catching up as the instructor sees it where it cannot work: without an engine nobody is brought anywhere, and both are told. */
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, joinAs, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('all who fell behind are named by number, asked for twice, and who could not be brought is said', async ({
  browser,
  platform,
}) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform)
  await teacher.goto(`/teach/workshop/?id=${shop.id}#together`)
  const bring = async () => {
    await teacher.getByRole('button', { name: 'Catch up' }).click()
    await teacher.getByRole('button', { name: 'Bring them there' }).click()
  }
  const said = teacher.locator('.desk > .said')
  await bring()
  await expect(said).toContainText('Start it first.')
  await ask('/state', { to: 'running' })
  await bring()
  await expect(said).toHaveText('Everybody is that far already.')

  const ada = await person(browser, platform.url, 'light', narrow)
  await ada.goto('/join/')
  await joinAs(ada, shop.code, 'Ada')
  await ada.goto('/join/')
  await expect(ada.getByRole('heading', { name: 'The plan' })).toBeVisible()
  await teacher.getByLabel('Bring all who fell behind past').selectOption('layers/cache build')
  await teacher.getByRole('button', { name: 'Catch up' }).click()
  await accessible(teacher, 'catching up')
  await teacher.getByRole('button', { name: 'Bring them there' }).click()
  await expect(said).toContainText('Ada could not be brought there')
  await expect(ada.locator('main')).toContainText('could not bring you past task 1 of The build cache')
  await teacher.context().close()
  await ada.context().close()
})
