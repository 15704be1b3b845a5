/** A workshop in real browsers, from the plan to the report: one instructor, three learners, a real lab, and a terminal that two type in. */
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/browser.ts'
import { joinClassmates } from './classmates.ts'
import { endLab, labPage } from './lab-page.ts'
import { shot, updates } from './shot.ts'
import { accessible, narrow, person } from './workshop-people.ts'

// Five pages at once: recording all of them takes more than the test itself.
test.use({ trace: 'off' })

/** A class that did not get to its end keeps places of this server for itself: it goes whatever happens. */
let removePlanned: (() => Promise<unknown>) | undefined
test.afterEach(async () => {
  await removePlanned?.()
  removePlanned = undefined
})

/** A name that would like to be more than a name; in the pictures it is one. */
const strange = updates ? 'Iris Vogel' : '<img src=x onerror=alert(1)>'

const tile = (page: Page, name: string) => page.locator('[data-tile]').filter({ hasText: name })
const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views of this workshop' }).getByText(name)

test('a workshop: planned by keyboard, joined by a code that was read wrongly, helped with consent, led together, reported', async ({
  browser,
  platform,
}) => {
  const teacher = await person(browser, platform.url, 'dark')
  await teacher.goto(await platform.instructorLink())
  await teacher.getByLabel('Your name, as learners read it').fill('Maria Lind')
  await teacher.keyboard.press('Enter')
  expect(teacher.url()).not.toContain('key=')
  await teacher.getByRole('link', { name: 'Plan a workshop' }).click()
  await teacher.getByLabel('Title').fill(updates ? 'Docker before lunch' : 'Docker <b>before</b> lunch')
  const find = teacher.getByLabel('Find a lesson')
  for (const [word, lesson] of [
    ['build cache', /^The build cache/],
    ['everyday', /^The everyday commands/],
  ] as const) {
    await find.fill(word)
    await teacher.getByRole('checkbox', { name: lesson }).check()
  }
  await teacher.getByRole('button', { name: 'Move lesson 2 of 2: The everyday commands' }).press('ArrowUp')
  await expect(teacher.getByRole('button', { name: 'Move lesson 1 of 2: The everyday commands' })).toBeFocused()
  await teacher.getByLabel('Learners at most').fill('12')
  await accessible(teacher, 'the plan')
  await teacher.getByRole('button', { name: 'Plan it and get the link' }).click()
  await expect(teacher.getByRole('img', { name: 'QR code of the link to join' })).toBeVisible()
  const code = await teacher.locator('.invitation-code').innerText()
  const id = new URL(teacher.url()).searchParams.get('id')
  removePlanned = () =>
    teacher.request.delete(`/api/workshops/${id}`, { headers: { origin: platform.url }, failOnStatusCode: false })
  await accessible(teacher, 'how to join')

  const ada = await person(browser, platform.url, 'light')
  await ada.goto('/join/')
  await ada.getByLabel('Code').fill('nothing')
  await ada.keyboard.press('Enter')
  await expect(ada.getByRole('alert')).toContainText('7 characters')
  // As it was heard and typed.
  await ada
    .getByLabel('Code')
    .fill(` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'i')}`)
  await ada.keyboard.press('Enter')
  await ada.getByLabel('Your name in this class').fill('Ada')
  await ada.keyboard.press('Enter')
  await expect(ada.getByText('You are in.', { exact: false })).toBeVisible()
  const others = await Promise.all(
    ['Bo', strange].map(async (name) => {
      const page = await person(browser, platform.url, 'dark', narrow)
      await page.goto(`/join/#${code}`)
      await page.getByLabel('Your name in this class').fill(name)
      await page.keyboard.press('Enter')
      await expect(page.getByText('You are in.', { exact: false })).toBeVisible()
      return page
    }),
  )
  const [bo, hostile] = others as [Page, Page]

  await view(teacher, 'Wall').click()
  await expect(teacher.locator('[data-tile]')).toHaveCount(3)
  await teacher.getByRole('button', { name: 'Start', exact: true }).click()
  for (const learner of [ada, bo, hostile]) await expect(learner.getByRole('link', { name: 'Begin' })).toBeVisible()

  await ada.getByRole('link', { name: 'Begin' }).click()
  await ada.getByRole('button', { name: 'Start the lab' }).click()
  const lab = labPage(ada)
  await lab.sees('root@node1')
  await ada.getByRole('button', { name: 'Raise hand' }).click()
  await expect(ada.getByRole('button', { name: 'Hand is up' })).toBeVisible()
  await expect(tile(teacher, 'Ada')).toContainText('raised a hand')
  await expect(teacher.locator('[data-tile]').first()).toContainText('Ada')
  await accessible(teacher, 'the wall')
  await teacher.mouse.move(0, 0)
  const classmates = updates ? await joinClassmates(platform, code, 'architecture/first-commands') : null
  if (classmates) await expect(teacher.locator('.tile.is-stuck')).toHaveCount(2)
  expect((await teacher.screenshot(shot('wall'))).length).toBeGreaterThan(10_000)

  // By keyboard from the wall to a terminal.
  await tile(teacher, 'Ada').focus()
  await teacher.keyboard.press('ArrowRight')
  await expect(tile(teacher, 'Ada')).not.toBeFocused()
  await teacher.keyboard.press('ArrowLeft')
  await teacher.keyboard.press('h')
  await expect(teacher.getByLabel('A hint, which they see at once')).toBeFocused()
  await teacher.getByRole('button', { name: 'All learners' }).click()
  await tile(teacher, 'Ada').focus()
  await teacher.keyboard.press('Enter')
  await expect(teacher.locator('.look-screen')).toContainText('root@node1')
  await expect(ada.getByText('Maria Lind looks at your terminal')).toBeVisible()
  await teacher.getByRole('button', { name: 'Ask to type' }).click()
  await ada.getByRole('button', { name: 'Let them' }).click()
  await expect(teacher.getByText('Ada agreed: your keys go into this terminal.')).toBeVisible()
  await expect(teacher.locator('.look-screen textarea')).toBeFocused()
  await accessible(teacher, 'looking')
  await teacher.keyboard.type('docker run --name hello busybox:1.37 echo ahoy\n')
  await lab.sees(/\nahoy/)
  await expect(teacher.locator('.look-screen')).toContainText('ahoy')
  await accessible(ada, 'a lesson in a class')
  expect((await teacher.screenshot(shot('help'))).length).toBeGreaterThan(10_000)
  // A pause is a break: it says so beside the terminal, and takes nothing from whoever goes on.
  await teacher.getByRole('button', { name: 'Pause' }).click()
  await expect(ada.locator('.bars')).toContainText('Paused by Maria Lind.')
  await expect(ada.locator('.lab-status .left')).toHaveText('paused')
  await expect(bo.locator('.class-state')).toHaveText('Paused by Maria Lind')
  await lab.type('echo in the pause')
  await lab.sees(/\nin the pause/)
  await teacher.getByRole('button', { name: 'Go on' }).click()
  await expect(ada.locator('.lab-status .left')).toContainText('left')
  await ada.getByRole('button', { name: 'Take it back' }).click()
  await expect(teacher.getByRole('button', { name: 'Ask to type' })).toBeVisible()
  await teacher.getByLabel('A hint, which they see at once').fill('Mind the <b>order</b> of options')
  await teacher.keyboard.press('Enter')
  await expect(ada.locator('.new-words')).toContainText('Mind the <b>order</b> of options')
  await ada.getByRole('button', { name: 'Got it' }).click()
  await expect(ada.locator('.new-words')).toBeHidden()
  await lab.task('hello', 'done')
  const hand = (name: string, text: string) =>
    teacher.getByLabel('Hand a file to Ada').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await hand('large.txt', 'x'.repeat(100_001))
  await expect(teacher.getByText('large.txt is too large')).toBeVisible()
  await hand('../時刻.txt', 'The tide turns at six.')
  await expect(teacher.getByText('lies in Ada’s work folder.', { exact: false })).toBeVisible()

  await teacher.getByRole('button', { name: 'Show a line of the lesson' }).click()
  await teacher.getByLabel('Find a line').fill('docker')
  const line = teacher.locator('.show-line button').first()
  const words = await line.innerText()
  await accessible(teacher, 'pointing at a line')
  await line.click()
  await expect(ada.locator('[data-pointed-at]')).toContainText(words.slice(0, 60))
  await ada.getByRole('button', { name: 'Got it' }).click()
  await expect(ada.locator('[data-pointed-at]')).toHaveCount(0)
  await teacher.getByRole('button', { name: 'Catch up' }).click()
  await teacher.getByRole('button', { name: 'Bring them there' }).click()
  await lab.task('serve', 'done')
  await teacher.getByRole('button', { name: 'All learners' }).click()
  await view(teacher, 'Heat map').click()
  const row = teacher.getByRole('row', { name: 'Ada' })
  await expect(row.getByRole('cell').first()).toContainText('done')
  await accessible(teacher, 'the heat map')

  const learners = classmates ? 9 : 3
  await view(teacher, 'Together').click()
  await teacher.getByLabel('Message', { exact: true }).fill('Five minutes.')
  await teacher.getByRole('button', { name: 'Send to all' }).click()
  for (const learner of [ada, bo, hostile]) await expect(learner.getByText('Five minutes.').first()).toBeAttached()
  await teacher.getByLabel('Where to').selectOption('/layers/cache/')
  await teacher.getByRole('button', { name: 'Bring all there' }).click()
  for (const learner of [ada, bo, hostile]) await expect(learner).toHaveURL(/\/layers\/cache\/$/)
  await teacher.locator('.locks summary').filter({ hasText: 'The build cache' }).click()
  await teacher.locator('.locks').getByRole('checkbox').last().check()
  await expect(ada.getByText(/Task \d+: not open yet/)).toBeVisible()
  await bo.goto('/curriculum/')
  await bo.getByRole('button', { name: 'Go where the class is' }).click()
  await expect(bo).toHaveURL(/\/layers\/cache\/$/)
  const { questions } = (await (await teacher.request.get('/api/quizzes/layers/cache?seed=1')).json()) as {
    questions: { id: string; form: string }[]
  }
  await teacher.getByLabel('Of', { exact: true }).selectOption('layers/cache')
  await teacher
    .getByLabel('Question', { exact: true })
    .selectOption(questions.find(({ form }) => form === 'single')!.id)
  await teacher.getByRole('button', { name: 'Ask all' }).click()
  for (const learner of [bo, hostile]) {
    const asked = learner.getByRole('region', { name: 'A question to the class' })
    await asked.getByRole('radio').first().check()
    await asked.getByRole('button', { name: 'Send' }).click()
    await expect(asked.getByText(`of ${learners} answered`)).toBeVisible()
  }
  await accessible(hostile, 'a question')
  await expect(teacher.getByText(`2 of ${learners} answered`)).toBeVisible()
  await teacher.getByRole('button', { name: 'Close it and show what is right' }).click()
  await expect(teacher.locator('.quiz-results .is-right')).toHaveCount(1)
  await accessible(teacher, 'together')

  const projector = await person(browser, platform.url, 'light')
  await projector.context().addCookies(await teacher.context().cookies())
  await projector.goto(`/teach/projector/${new URL(teacher.url()).search}`)
  await expect(projector.getByText('Late?')).toBeVisible()
  await expect(projector.locator('.projector-picture svg')).toBeVisible()
  await projector.getByRole('button', { name: 'Show my terminal' }).click()
  await expect(projector.getByText('You have no lab running')).toBeVisible()
  await expect(projector.locator('main')).not.toContainText('Ada')
  await accessible(projector, 'the projector')

  await teacher.getByRole('button', { name: '+15 min' }).click()
  await expect(bo.getByText('15 more minutes for all').first()).toBeAttached()
  await teacher.getByRole('button', { name: 'End', exact: true }).click()
  await teacher.getByRole('button', { name: 'End the workshop' }).click()
  await expect(bo.locator('.class-state')).toHaveText('over')
  await teacher.getByRole('link', { name: 'Report' }).click()
  await expect(teacher.getByText(strange)).toBeVisible()
  await accessible(teacher, 'the report')
  expect((await teacher.screenshot(shot('report'))).length).toBeGreaterThan(10_000)
  const coming = teacher.waitForEvent('download')
  await teacher.getByRole('link', { name: 'Download as CSV' }).click()
  expect((await coming).suggestedFilename()).toMatch(/\.csv$/)

  await teacher.getByRole('button', { name: 'Remove the workshop' }).click()
  await teacher.getByRole('button', { name: 'Remove it' }).click()
  await expect(teacher.getByText('None yet.', { exact: false })).toBeVisible()
  await expect(bo.getByText('You are no longer in this workshop.', { exact: false })).toBeVisible()
  removePlanned = undefined

  await ada.goto('/architecture/first-commands/')
  await endLab(ada)
  await classmates?.leave()
  for (const page of [teacher, ada, bo, hostile, projector]) await page.context().close()
})
