/** The X-ray in a real browser on a real engine: what a command does appears, opens, names the command that shows the same, and is accessible in every state. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/browser.ts'
import { endLab, startLab } from './lab-page.ts'

const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const picture = (page: Page) => page.getByRole('region', { name: 'Picture of the engines' })
const card = (page: Page, name: RegExp) => picture(page).locator('.card').filter({ hasText: name })
const details = (page: Page) => page.getByRole('region', { name: 'Details' })

async function accessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.lab-column').analyze()
  expect(violations.map((v) => `${where}: ${v.id} at ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
}

test('what docker run does appears beside the terminal, opens, and is said in words', async ({ page }) => {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  const lab = await startLab(page, 'architecture/client-and-daemon')
  await tab(page, 'X-ray').click()
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
  await accessible(page, 'details')
  await page.keyboard.press('Escape')
  await expect(card(page, /^web/)).toBeFocused()

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
