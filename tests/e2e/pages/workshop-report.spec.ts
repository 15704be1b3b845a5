/** The report on paper: all of it without having opened anything, nothing of the page around it, and no line that is cut. */
import { workshopReport } from '@drydock/sandbox-server/contract'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, joinAs, narrow, openTeacher, person } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

test('a report is printed whole: every learner’s tasks, without buttons, on white', async ({ browser, platform }) => {
  const { teacher, shop, ask } = await openTeacher(browser, platform, { labs: ['architecture/first-commands'] })
  const ada = await person(browser, platform.url, 'light')
  await ada.goto('/join/')
  await joinAs(ada, shop.code, 'Ada')
  await ask('/state', { to: 'running' })
  await ask('/state', { to: 'ended' })
  // Without labs nobody has done anything: the server's own report, with what three hours would have left in it.
  const real = workshopReport.parse(await (await teacher.request.get(`/api/workshops/${shop.id}/report`)).json())
  const stuck = '3 tries at task 2, 14 min, 2.4 times as long as the class'
  const tasks = real.tasks.map(({ lab, task }, i) => ({
    ...{ lab, task, done_at: i < 2 ? Date.now() : null, shown: false, ms: i < 2 ? 840_000 : null },
    ...{ tries: i + 1, hints: 1, stuck: i === 1 ? stuck : null },
  }))
  const report = workshopReport.parse({
    ...real,
    learners: ['Ada', 'Bartholomew the Very Long-Winded of Wetherby'].map((name) => ({
      ...{ ...real.learners[0]!, name, done: 2, tasks },
    })),
    tasks: real.tasks.map((task, i) => ({ ...task, begun: 2, done: 2, stuck: i === 1 ? 2 : 0, median_ms: 350_000 })),
  })
  await teacher.route('**/report', (route) => route.fulfill({ json: report }))
  await teacher.goto(`/teach/report/?id=${shop.id}`)
  await expect(teacher.getByText('Bartholomew', { exact: false })).toBeVisible()
  await expect(teacher.getByText(stuck).first()).toBeHidden()

  // A4 upright, between its margins.
  await teacher.setViewportSize({ width: 680, height: 960 })
  await teacher.emulateMedia({ media: 'print' })
  await expect(teacher.getByText(stuck)).toHaveCount(2)
  for (const each of await teacher.getByText(stuck).all()) await expect(each).toBeVisible()
  for (const name of ['Print', 'Download as CSV', 'Remove the workshop', 'Back to the workshop'])
    await expect(teacher.getByText(name, { exact: true })).toBeHidden()
  await expect(teacher.getByRole('banner')).toBeHidden()
  expect(await teacher.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  const cut = await teacher.evaluate(() =>
    [...document.querySelectorAll('.class-report *')].flatMap((each) =>
      each.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        ? [each.textContent.slice(0, 40)]
        : [],
    ),
  )
  expect(cut).toEqual([])
  await teacher.emulateMedia({ media: 'screen', colorScheme: 'light' })
  await teacher.setViewportSize(narrow)
  await accessible(teacher, 'the report on a phone')
  await teacher.context().close()
  await ada.context().close()
})
