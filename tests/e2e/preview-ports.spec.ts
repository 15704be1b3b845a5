/** Previews on ports, in a real browser, where the site is known by an address alone: a page of an ordinary kind works, and a hostile one comes near nothing of the site's. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from '@playwright/test'
import { freeRange } from '../../infra/cli/port.ts'
import { expect, test } from '../harness/browser.ts'
import { startPlatform } from '../harness/platform.ts'
import { accessible } from './accessible.ts'
import { endLab, startPlayground } from './lab-page.ts'
import { hostilePage, portPage } from './port-page.ts'

// What must not happen even once.
test.describe.configure({ retries: 0 })

const serve = 'docker run -d --name wares -p 8080:8080 -v "$PWD":/w -w /w python:3.13-slim python3 page.py'

/** Puts a file into the work folder as the editor does; the number of the session. */
async function putPage(page: Page): Promise<string> {
  return await page.evaluate(async (text) => {
    const [session] = (await (await fetch('/api/sessions')).json()) as { id: string }[]
    const id = session?.id ?? ''
    const body = JSON.stringify({ path: 'page.py', text, version: null })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`/api/sessions/${id}/nodes/node1/files/text`, { method: 'PUT', headers, body })
    if (!answer.ok) throw new Error(await answer.text())
    return id
  }, portPage)
}

/** What a hostile page got, attempt by attempt, wherever it is shown. */
async function readAttempts(shown: { locator: Page['locator'] }): Promise<Record<string, string>> {
  const out = shown.locator('#out')
  // The page that was there before may still be.
  await expect(out).toHaveText(/^\{/, { timeout: 30_000 })
  return JSON.parse((await out.textContent()) ?? '') as Record<string, string>
}

/** What the hostile page gets on a port of the same address as the site's, without a proxy before it; its cookies are the site's then. */
async function unguarded(browser: Browser, path: string): Promise<string[]> {
  await using server = createServer((_request, response) => response.end(hostilePage))
  const context = await browser.newContext()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  const got = await readAttempts(page)
  expect((await context.cookies()).filter(({ value }) => value === 'evil')).toHaveLength(2)
  await context.close()
  return Object.keys(got).filter((name) => !got[name]?.startsWith('no: '))
}

test('where only an address is known, a page on a port works, and has neither cookies nor anything of the site', async ({
  browser,
}) => {
  const first = await freeRange(3)
  await using platform = await startPlatform({
    host: '127.0.0.1',
    env: { PREVIEW_PORTS: `${first}-${first + 2}` },
  })
  const context = await browser.newContext({ baseURL: platform.url })
  const page = await context.newPage()
  try {
    const lab = await startPlayground(page)
    const id = await putPage(page)
    await lab.type(`${serve}; until curl -s localhost:8080 >/dev/null; do sleep 0.1; done; echo answers`)
    await lab.sees(/\nanswers/)
    await page.getByRole('tab', { name: /Preview :8080/ }).click({ timeout: 60_000 })
    const shown = page.frameLocator('.preview iframe')
    await expect(shown.getByRole('heading', { name: 'Wares' })).toBeVisible()
    await expect(shown.getByRole('heading', { name: 'Wares' })).toHaveCSS('color', 'rgb(1, 2, 3)')
    await expect(shown.locator('#out')).toHaveText('classic PUT GET http://localhost:8080 socket')
    await expect(page.getByText(/open to everyone behind your network address/i)).toBeVisible()
    await accessible(page, 'preview on a port', { without: 'iframe' })

    // As a tab the same page is no more than in the pane.
    const hostile = `/hostile?site=${platform.url}&session=${id}`
    const cookies = await context.cookies()
    await page.getByRole('textbox', { name: 'Path' }).fill(hostile)
    await page.getByRole('button', { name: 'Load' }).click()
    const inPane = await readAttempts(shown)
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: 'New tab' }).click(),
    ])
    await tab.waitForURL(`http://127.0.0.1:${first}/hostile**`)
    const inTab = await readAttempts(tab)
    // The control: the same page on a port that nobody guards.
    expect(await unguarded(browser, hostile)).toEqual(expect.arrayContaining(['local storage', 'planted by a popup']))
    for (const got of [inPane, inTab]) {
      expect(Object.keys(got)).toHaveLength(17)
      // It may ask its own server, which sets nothing.
      const { 'planted by an answer': asked, ...others } = got
      expect(asked).toBe('opaque')
      expect(Object.entries(others).filter(([, what]) => !what.startsWith('no: '))).toEqual([])
    }
    expect(await context.cookies()).toEqual(cookies)
    expect((await context.request.get(`/api/sessions/${id}`)).status()).toBe(200)

    // The page was sent no cookie of the site's, also in a tab, where a browser sends them to all ports.
    await page.getByRole('tab', { name: 'node1' }).click()
    await lab.type('echo sent: $(cut -d" " -f2 seen | sort | uniq)')
    await lab.sees(/\nsent: None\s/)
    await endLab(page)
  } finally {
    await context.close()
  }
})
