/** The X-ray in a real browser on a real engine: what a command does appears, opens, names the command that shows the same, and is accessible in every state. */
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/browser.ts'
import { accessible as look } from './accessible.ts'
import { endLab, startLab } from './lab-page.ts'

const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const picture = (page: Page) => page.getByRole('region', { name: 'Picture of the engines' })
const card = (page: Page, name: RegExp) => picture(page).locator('.card').filter({ hasText: name })
const details = (page: Page) => page.getByRole('region', { name: 'Details' })

const accessible = (page: Page, where: string) => look(page, where, { only: '.lab-column' })

test('what docker run does appears beside the terminal, opens, and is said in words', async ({ page }) => {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  const lab = await startLab(page, 'architecture/client-and-daemon')
  // A lesson opens it at what it talks about.
  await page.getByRole('button', { name: 'Look at container buoy in the X-ray' }).click()
  await expect(details(page).getByRole('heading', { name: 'buoy' })).toBeFocused()
  await expect(tab(page, 'X-ray')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(card(page, /^buoy/)).toBeFocused()
  await expect(card(page, /^buoy/)).toContainText('running')
  await page.getByRole('button', { name: 'Beside the terminal' }).click()
  await lab.type('docker rm -f buoy')
  await expect(picture(page).getByText('No container is here')).toBeVisible()
  await accessible(page, 'empty')

  // The button types the command, and the person runs it.
  const offered = picture(page).getByRole('button', { name: /^docker run -d --name web/ })
  const command = (await offered.textContent()) ?? ''
  await offered.click()
  await lab.sees(command)
  await expect(card(page, /^web/)).toHaveCount(0)
  await page.keyboard.type(' && docker volume create kept\r')
  await expect(card(page, /^web/)).toContainText('running')
  await expect(page.getByRole('log', { name: 'What happened' })).toContainText('Container web started.')
  await expect(picture(page).getByRole('button', { name: /^kept/ })).toBeVisible()
  await accessible(page, 'beside the terminal')

  // Opened and closed by keys; what belongs to it is one step away.
  await page.getByRole('button', { name: 'Alone' }).click()
  await card(page, /^web/).focus()
  await page.keyboard.press('Enter')
  await expect(details(page).getByRole('heading', { name: 'web' })).toBeFocused()
  await expect(details(page)).toContainText(/PID \d+, PID 1 inside/)
  await expect(details(page).getByRole('button', { name: 'docker inspect web' })).toBeVisible()
  await expect(
    details(page)
      .getByRole('meter')
      .or(details(page).getByText(/MiB, no limit/))
      .first(),
  ).toBeVisible()
  await expect(details(page).getByRole('row', { name: /^user .* the same$/ })).toBeVisible()
  await accessible(page, 'details')
  await page.keyboard.press('Escape')
  await expect(card(page, /^web/)).toBeFocused()

  // What it used over time, until the kernel ended it.
  await tab(page, 'node1').click()
  await lab.type(
    `docker run -d --name hog -m 24m --cpus 0.2 busybox:1.37 sh -c 'while [ ! -e /go ]; do :; done; tail /dev/zero'`,
  )
  await tab(page, 'X-ray').click()
  await card(page, /^hog/).click()
  const drawn = details(page).getByRole('img')
  await expect(drawn.first()).toHaveAccessibleName(/^Memory: now .* MiB, most .* MiB/, { timeout: 15_000 })
  await expect(drawn.nth(1)).toHaveAccessibleName(/^Held back at the CPU limit: now (?!0 )\d+ % of its periods/, {
    timeout: 15_000,
  })
  await tab(page, 'node1').click()
  await lab.type('docker exec hog touch /go')
  await tab(page, 'X-ray').click()
  await expect(details(page)).toContainText(/Out of memory at .*: the kernel ended a process in it/, {
    timeout: 45_000,
  })
  await details(page).getByText('As a table').click()
  await expect(details(page).getByRole('row', { name: /out of memory/ })).toBeVisible()
  await accessible(page, 'over time')
  await page.keyboard.press('Escape')

  // What happens elsewhere is seen here: the container is killed, then removed.
  await tab(page, 'node1').click()
  await lab.type('docker kill web')
  await tab(page, 'X-ray').click()
  await expect(card(page, /^web/)).toContainText('exited, code 137')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.getByRole('button', { name: /^Lab/ }).click()
  await card(page, /^web/).click()
  await expect(details(page)).toContainText('exited, code 137')
  await accessible(page, 'narrow, light')
  await details(page).getByRole('button', { name: 'docker logs web' }).click()
  await lab.sees('docker logs web')

  await page.keyboard.press('Control+u')
  await lab.type('docker rm web && service docker stop')
  await tab(page, 'X-ray').click()
  await expect(picture(page).getByText('The Docker Engine of node1 does not answer')).toBeVisible()
  await expect(picture(page).getByRole('button', { name: /^kept/ })).toBeVisible()
  await accessible(page, 'engine stopped')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(wrong).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await endLab(page)
})

test('a rolling update is watched over the three machines of a swarm', async ({ page }) => {
  const lab = await startLab(page, 'swarm/first-swarm')
  await tab(page, 'X-ray').click()
  await page.getByRole('button', { name: 'Beside the terminal' }).click()
  await lab.type(
    'docker swarm init --advertise-addr "$(hostname -i)" >/dev/null; for n in node2 node3; do ssh $n docker swarm join --token "$(docker swarm join-token -q worker)" node1:2377; done',
  )
  const members = picture(page).locator('.members')
  for (const name of [/^node1 leader, ready/, /^node2 worker, ready/, /^node3 worker, ready/])
    await expect(members.getByRole('button', { name })).toBeVisible({ timeout: 30_000 })
  await lab.type(
    'clear; docker service create -d --name web --replicas 3 --endpoint-mode dnsrr --no-resolve-image --stop-grace-period 1s --update-delay 1s busybox:1.37 sleep 9999',
  )
  const service = picture(page).getByRole('region', { name: 'Service web' })
  await expect(service).toContainText('3 of 3 run', { timeout: 60_000 })
  for (const machine of ['node1', 'node2', 'node3'])
    await expect(service.locator('.place').filter({ hasText: machine }).locator('.task')).toHaveCount(1)
  await accessible(page, 'swarm')

  // Old and new side by side, then only new.
  await lab.type('clear; docker service update -d --no-resolve-image --image debian:13-slim web')
  await expect(service).toContainText('update: updating', { timeout: 30_000 })
  const running = (image: string) => service.locator('.task[data-mood=good]').filter({ hasText: image })
  await expect
    .poll(async () => (await running('busybox:1.37').count()) > 0 && (await running('debian:13-slim').count()) > 0, {
      timeout: 30_000,
      intervals: [50],
    })
    .toBe(true)
  await expect(running('debian:13-slim')).toHaveCount(3, { timeout: 60_000 })
  await expect(running('busybox:1.37')).toHaveCount(0)
  await running('debian:13-slim').first().click()
  await expect(details(page).getByRole('heading', { name: /^web\.\d$/ })).toBeFocused()
  await expect(details(page)).toContainText('running, wanted: running')

  // A command of a thing on another machine is typed there.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'node2', exact: true }).click()
  await card(page, /^web\./)
    .first()
    .click()
  await details(page)
    .getByRole('button', { name: /^docker logs web\./ })
    .click()
  await lab.sees(/root@node2.*docker logs web\./)
  await endLab(page)
})
