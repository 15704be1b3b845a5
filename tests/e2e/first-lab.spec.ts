/** A learner's first lab, from the landing page to the end, in a real browser on a real engine. */
import { expect, test } from '../harness/browser.ts'
import { endLab, labPage, startLab } from './lab-page.ts'

test('from the landing page to a finished lab', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Start the first lab' }).click()
  await expect(page).toHaveURL(/\/architecture\/first-commands\//)
  const lab = labPage(page)
  await lab.sees('root@node1')

  await lab.type('docker run --name hello busybox:1.37 echo ahoy')
  await lab.task('hello', 'done')
  await lab.type('docker run -d --name web nginx:1.26')
  await lab.task('serve', 'done')
  await lab.task('publish', 'not yet')
  await lab.type('docker rm -f web; docker run -d --name web -p 8080:80 nginx:1.26')
  await lab.task('publish', 'done')
  await expect(page).toHaveTitle(/3\/7/)

  // The same shell, with what was on its screen, after a reload.
  await lab.type('KEPT=still-here; echo "kept: $KEPT"')
  await lab.sees('kept: still-here')
  await page.reload()
  await lab.sees('docker run --name hello')
  await lab.type('echo "it is $KEPT"')
  await lab.sees('it is still-here')
  await lab.task('publish', 'done')

  await lab.type(`docker exec web sh -c 'echo "<h1>Ahoy</h1>" > /usr/share/nginx/html/index.html'`)
  await lab.type('curl -s http://localhost:8080')
  await lab.task('page', 'done')
  // A busy engine writes the line a moment after the answer.
  await lab.type(
    'curl -s http://localhost:8080/treasure > /dev/null; until docker logs web 2>&1 | grep -q treasure; do sleep 0.1; done; docker logs web > web.log 2>&1',
  )
  await lab.task('log', 'done')
  await lab.type('docker stop web')
  await lab.task('stop', 'done')
  await lab.type('docker rm hello web')
  await lab.task('clean', 'done')
  await lab.task('lighthouse', 'holds')
  await expect(page).toHaveTitle(/7\/7/)

  await page.goto('/curriculum/')
  await expect(page.locator('main')).toContainText('7')
  await page.goto('/architecture/first-commands/')
  await lab.sees('root@node1')
  await endLab(page)
})

test('a wrong step says what was expected and seen, a hint helps, the solution explains, a reset begins anew', async ({
  page,
}) => {
  const lab = await startLab(page, 'architecture/first-commands')
  await lab.type('docker run -d --name web busybox:1.37 sleep 600')
  const card = page.locator('#task-serve')
  await expect(card).toContainText(/expected/i)
  await expect(card).toContainText('web')
  await expect(card).toContainText('busybox')

  await card.getByRole('button', { name: /Hint 1 of 3/ }).click()
  // The hint that helps with just this mistake comes first.
  await expect(card).toContainText('docker rm -f web')
  await card.getByRole('button', { name: 'Solution' }).click()
  await card.getByRole('group', { name: 'Solution' }).getByRole('button').first().click()
  await expect(card).toContainText('docker run -d --name web nginx:1.26')

  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('button', { name: 'Reset the lab' }).click()
  await lab.sees(/^(?![\s\S]*sleep 600)[\s\S]*root@node1/)
  // Looked at, and so set up: the prompt is there before what a lab begins with.
  await lab.task('serve', 'not yet')
  await lab.type('docker ps -a --format "{{.Names}}"')
  await lab.sees('lighthouse')
  expect(await lab.terminalText()).not.toContain('sleep 600')
  await endLab(page)
})

test('an acting check runs on its button and says what it saw', async ({ page }) => {
  const lab = await startLab(page, 'layers/cache')
  await lab.type('docker build -t tide .')
  await lab.task('build', 'done')
  const card = page.locator('#task-cached')
  await card.getByRole('button', { name: /check/i }).click()
  await expect(card).toContainText(/seen/i, { timeout: 60_000 })
  await lab.task('cached', 'not yet')
  await endLab(page)
})

test('a dropped connection comes back by itself', async ({ page, platform }) => {
  const lab = await startLab(page, 'architecture/first-commands')
  // What is under way when a server dies is not typed again by itself, because nobody knows whether it was: so it has to have arrived.
  await lab.type('WORD=unbroken; echo "$WORD is set"')
  await lab.sees('unbroken is set')
  await platform.kill9()
  await expect(page.getByText('Connection lost')).toBeVisible()
  await platform.restart()
  await expect(page.getByText('Connection lost')).toHaveCount(0, { timeout: 40_000 })
  await lab.type('echo "the line is $WORD"')
  await lab.sees('the line is unbroken')
  await endLab(page)
})

test('another lab would end the first one, and the page asks before it does', async ({ page }) => {
  await startLab(page, 'architecture/first-commands')
  await page.goto('/isolation/cgroups/')
  await page.getByRole('button', { name: 'Start the lab' }).click()
  await expect(page.getByText('The everyday commands').last()).toBeVisible()
  await page
    .getByRole('button', { name: /end|instead/i })
    .last()
    .click()
  await labPage(page).sees('root@node1')
  await endLab(page)
})

test('the keyboard alone is enough: start, type, leave the terminal', async ({ page }) => {
  await page.goto('/architecture/first-commands/')
  const start = page.getByRole('button', { name: 'Start the lab' })
  // Grey until the server has answered: nothing grey takes the keyboard.
  await expect(start).toBeEnabled()
  await start.focus()
  await page.keyboard.press('Enter')
  const lab = labPage(page)
  await lab.sees('root@node1')
  await lab.type('echo by-keyboard')
  await lab.sees('by-keyboard')
  const inTerminal = () =>
    page.evaluate(() => document.activeElement?.classList.contains('xterm-helper-textarea') ?? false)
  expect(await inTerminal()).toBe(true)
  // In quick succession: on a busy machine not always at the first try.
  await expect(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(await inTerminal()).toBe(false)
  }).toPass({ timeout: 15_000 })
  await endLab(page)
})
