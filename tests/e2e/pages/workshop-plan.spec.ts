/** The order of a plan: dragged by its handle, moved by keys and by buttons, and kept as it stands. */
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, narrow, openTeacher } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

const lessons = ['The everyday commands', 'The build cache', 'Multi-stage builds'] as const
const [everyday, cache, stages] = lessons
const order = (page: Page) => page.locator('.program-order .step .words')
const handle = (page: Page, lesson: string) =>
  page.getByRole('button', { name: new RegExp(`^Move lesson .*${lesson}`) })

async function drag(page: Page, lesson: string, to: string): Promise<void> {
  const [from, over] = [await handle(page, lesson).boundingBox(), await handle(page, to).boundingBox()]
  await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2)
  await page.mouse.down()
  await page.mouse.move(over!.x + over!.width / 2, over!.y + over!.height / 2 + (over!.y > from!.y ? 12 : -12), {
    steps: 4,
  })
}

test('lessons are put in order with the mouse and with keys, and the class has that order', async ({
  browser,
  platform,
}) => {
  const { teacher } = await openTeacher(browser, platform)
  await teacher.goto('/teach/new/')
  await teacher.getByLabel('Title').fill('Three lessons')
  for (const lesson of lessons) {
    await teacher.getByLabel('Find a lesson').fill(lesson)
    await teacher.getByRole('checkbox', { name: new RegExp(`^${lesson}`) }).check()
  }
  await expect(order(teacher)).toHaveText(lessons)

  await drag(teacher, stages, everyday)
  await teacher.mouse.up()
  await expect(order(teacher)).toHaveText([stages, everyday, cache])
  await expect(teacher.getByText(`${stages}: now 1 of 3.`)).toBeAttached()
  await expect(handle(teacher, stages)).toBeFocused()
  await drag(teacher, stages, everyday)
  await teacher.mouse.up()
  await expect(order(teacher)).toHaveText([everyday, stages, cache])

  await teacher.keyboard.press('Home')
  await expect(order(teacher)).toHaveText([stages, everyday, cache])
  await teacher.keyboard.press('End')
  await expect(order(teacher)).toHaveText(lessons)
  await expect(teacher.getByText(`${stages}: now 3 of 3.`)).toBeAttached()
  await teacher.keyboard.press('ArrowUp')
  await teacher.keyboard.press('ArrowUp')
  await teacher.keyboard.press('ArrowDown')
  await expect(order(teacher)).toHaveText([everyday, stages, cache])
  await expect(handle(teacher, stages)).toBeFocused()
  await teacher.setViewportSize(narrow)
  await teacher.emulateMedia({ colorScheme: 'light' })
  await accessible(teacher, 'a plan in order')
  await handle(teacher, stages).scrollIntoViewIfNeeded()
  await teacher.getByRole('button', { name: `Up: ${cache}` }).press('Enter')
  await expect(order(teacher)).toHaveText([everyday, cache, stages])
  await teacher.getByRole('button', { name: `Down: ${everyday}` }).press('Enter')
  await expect(order(teacher)).toHaveText([cache, everyday, stages])
  await teacher.getByRole('button', { name: `Take out: ${everyday}` }).press('Enter')
  await expect(order(teacher)).toHaveText([cache, stages])
  // Whoever works with keys goes on from there.
  await expect(teacher.getByRole('button', { name: `Take out: ${stages}` })).toBeFocused()
  await drag(teacher, stages, cache)
  await teacher.mouse.up()
  await teacher.getByRole('button', { name: 'Plan it and get the link' }).click()
  await expect(teacher.getByRole('region', { name: 'What is planned' }).getByRole('listitem')).toHaveText([
    new RegExp(`^${stages}`),
    new RegExp(`^${cache}`),
  ])
  await teacher.context().close()
})
