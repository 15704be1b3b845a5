/** The server goes away under an instructor, a learner and a projector: each page says so, nothing is done in vain, and each comes back by itself. */
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, joinAs, narrow, openTeacher, person, wide } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('lost and back: the desk, a learner’s bar and the projector', async ({ browser, platform }) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform)
  const [ada, projector] = [
    await person(browser, platform.url, 'light', narrow),
    await person(browser, platform.url, 'light'),
  ]
  await ada.goto(`/join/`)
  await joinAs(ada, shop.code, 'Ada')
  await ada.goto('/join/')
  await ask('/state', { to: 'running' })
  await ada.getByRole('link', { name: 'Begin' }).click()
  await expect(ada.getByRole('button', { name: 'Raise hand' })).toBeVisible()
  await projector.context().addCookies(await teacher.context().cookies())
  await projector.goto(`/teach/projector/?id=${shop.id}`)
  await teacher.goto(`/teach/workshop/?id=${shop.id}`)
  await expect(teacher.locator('[data-tile]')).toContainText('Ada')
  await expect(projector.getByText('Late?')).toBeVisible()

  await platform.kill9()
  await expect(teacher.getByText('Connection lost: what stands here is from before.', { exact: false })).toBeVisible()
  await expect(ada.locator('.class-state')).toContainText('not connected')
  await expect(projector.getByText('Connection lost; this page reconnects by itself.')).toBeVisible()
  await teacher.getByRole('button', { name: 'Pause' }).click()
  await expect(teacher.locator('.desk > .said.is-bad')).toContainText('does not answer')
  const hand = ada.getByRole('button', { name: 'Raise hand' })
  // On a phone its place is for the words.
  await expect(hand).toBeHidden()
  await ada.setViewportSize(wide)
  await expect(hand).toBeDisabled()
  await ada.setViewportSize(narrow)
  await expect.poll(() => ada.locator('.class-state').evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0)
  await accessible(ada, 'a learner without a line')

  await platform.restart()
  // Whoever was away for long knocks every fifteen seconds at least.
  const soon = { timeout: 25_000 }
  await expect(teacher.locator('.desk')).toHaveAttribute('data-live', 'open', soon)
  await expect(teacher.getByText('Connection lost', { exact: false })).toHaveCount(0)
  await expect(projector.getByText('Connection lost', { exact: false })).toHaveCount(0, soon)
  // What was pressed in vain has not come later.
  await expect(teacher.locator('.workshop-state')).toHaveText('running')
  await expect(hand).toBeEnabled(soon)
  await hand.click()
  await expect(teacher.locator('[data-tile]')).toContainText('raised a hand')
  await ask('/broadcast', { kind: 'message', text: 'There we are again.' })
  await expect(ada.locator('.new-words')).toContainText('There we are again.')
  await expect(projector.getByText('There we are again.')).toBeVisible()
  for (const page of [teacher, ada, projector]) await page.context().close()
})
