/** A pause: who said so stands on every page of the class, and clocks stand still until it goes on. */
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, joinAs, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('paused by name, with clocks that stand still on the desk and on the projector; then they run on', async ({
  browser,
  platform,
}) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform)
  const ada = await person(browser, platform.url, 'light', narrow)
  await ada.goto('/join/')
  await joinAs(ada, shop.code, 'Ada')
  await ask('/state', { to: 'running' })
  await ada.goto('/join/')
  await expect(ada.getByRole('heading', { name: 'The plan' })).toBeVisible()
  const projector = await person(browser, platform.url, 'dark')
  await projector.context().addCookies(await teacher.context().cookies())
  for (const page of [teacher, projector]) await page.clock.install()
  await teacher.goto(`/teach/workshop/?id=${shop.id}#wall`)
  await projector.goto(`/teach/projector/?id=${shop.id}`)
  const clocks = [
    { page: teacher, clock: teacher.locator('.desk-facts time') },
    { page: projector, clock: projector.locator('.projector-time time') },
  ]
  const left = async (at: number) => {
    const parts = (await clocks[at]!.clock.innerText()).split(':')
    return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
  }
  /** Seconds that each clock runs in seven minutes. */
  const run = async () => {
    const before = [await left(0), await left(1)]
    for (const { page } of clocks) await page.clock.fastForward('07:00')
    // The first tick after it.
    for (const { page } of clocks) await page.clock.runFor(1000)
    return [before[0]! - (await left(0)), before[1]! - (await left(1))]
  }
  // With each of its words the server, whose clock is nobody's to move, sets a page's clock right: one that comes in between undoes those minutes.
  const runOn = () =>
    expect(async () => {
      for (const seconds of await run()) expect(seconds).toBeGreaterThan(415)
    }).toPass({ timeout: 15_000 })
  await runOn()

  await teacher.getByRole('button', { name: 'Pause' }).click()
  await expect(ada.locator('.class-state')).toHaveText('Paused by Maria Lind')
  await expect(ada.locator('main')).toContainText('Paused by Maria Lind. Clocks stand still')
  await expect(projector.getByText('A pause. The clock stands still.')).toBeVisible()
  await expect(teacher.locator('.workshop-state')).toHaveText('paused')
  expect(await run()).toEqual([0, 0])
  await accessible(ada, 'a pause')

  await teacher.getByRole('button', { name: 'Go on' }).click()
  await expect(ada.locator('.class-state')).toContainText('left')
  await expect(projector.getByText('A pause.', { exact: false })).toHaveCount(0)
  await runOn()
  for (const page of [teacher, ada, projector]) await page.context().close()
})
