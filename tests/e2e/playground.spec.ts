/** Links into the playground on a real engine: what they bring is shown, agreed to, written and never run; hostile ones reach nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/browser.ts'
import { startPlatform } from '../harness/platform.ts'
import { accessible } from './accessible.ts'
import { endLab, labPage } from './lab-page.ts'

const link = (files: Record<string, string>) =>
  `/play/#${Object.entries(files)
    .map(([name, text]) => `${name}=${encodeURIComponent(text)}`)
    .join('&')}`
/** As somebody who clicks a link: also where only what is after the `#` differs. */
const follow = (page: Page, address: string) => page.goto(address).then(() => page.getByRole('dialog').waitFor())
const sessions = (page: Page) => page.evaluate(async () => (await (await fetch('/api/sessions')).json()) as unknown[])

const compose = `services:
  web:
    image: nginx:1.26
    ports: ["8080:80"]
    volumes: ["./page:/usr/share/nginx/html"]
`
/** Would act where text is taken for HTML. */
const hostile = `<h1>Ahoy</h1><img src="/evil" onerror="window.evil=1"><script>window.evil=1</script>`

// A stranger's files in a learner's browser: what must not happen even once.
test.describe.configure({ retries: 0 })

test('a link is shown, agreed to and written; nothing runs by itself, and nothing is written over', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  await follow(page, link({ 'compose.yaml': compose, 'page/index.html': hostile }))
  await expect(page.getByRole('dialog')).toContainText('This link brings 2 files')
  await expect(page.getByLabel('page/index.html')).toHaveText(hostile)
  expect(await sessions(page)).toEqual([])
  expect(asked.filter((each) => !each.startsWith('GET ') || each.includes('/evil'))).toEqual([])
  expect(await page.evaluate(() => 'evil' in window)).toBe(false)

  await page.getByRole('button', { name: 'Start with them' }).click()
  await expect(page.getByText('compose.yaml, page/index.html are in ~/work. Nothing was run.')).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
  await accessible(page, 'what a link brought')
  const lab = labPage(page)
  await lab.sees('root@node1')
  await lab.type('docker ps -aq | wc -l; cat page/index.html | wc -c')
  await lab.sees(new RegExp(`\\n0\\n${hostile.length}\\n`))

  // The button types, and Enter is the person's.
  await page.getByRole('button', { name: /docker compose -f compose\.yaml up -d/ }).click()
  await lab.sees(/# docker compose -f compose\.yaml up -d$/m)
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: /Preview :8080/ }).click({ timeout: 60_000 })
  await expect(page.frameLocator('.preview iframe').getByRole('heading', { name: 'Ahoy' })).toBeVisible()
  await page.getByRole('tab', { name: 'node1' }).click()

  // Another link, while it runs: what is the same is no matter, what differs is asked about.
  await follow(page, link({ 'compose.yaml': 'services: {}\n', 'page/index.html': hostile, 'new.txt': 'new' }))
  await page.getByRole('button', { name: 'Put them into ~/work' }).click()
  await expect(page.getByText('compose.yaml is in ~/work already, with another content.')).toBeVisible()
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await lab.type('clear; grep -c nginx compose.yaml; cat new.txt; echo " kept"')
  await lab.sees(/2\nnew kept/)
  await follow(page, link({ 'compose.yaml': 'services: {}\n' }))
  await page.getByRole('button', { name: 'Put them into ~/work' }).click()
  await page.getByRole('button', { name: "Replace with the link's" }).click()
  await expect(page.getByText('compose.yaml is in ~/work. Nothing was run.')).toBeVisible()
  await lab.type('grep -c nginx compose.yaml; echo replaced')
  await lab.sees(/0\nreplaced/)

  // A link in the work folder that leads out of it does not lead the files of a link out.
  await lab.type('ln -s /etc out; echo linked')
  await lab.sees(/\nlinked/)
  await follow(page, link({ 'out/drydock-test': 'x' }))
  await page.getByRole('button', { name: 'Put them into ~/work' }).click()
  await expect(page.getByText('out/drydock-test could not be written')).toBeVisible()
  await page.getByRole('button', { name: 'Leave it out' }).click()
  await lab.type('ls /etc/drydock-test; echo looked')
  await lab.sees(/No such file or directory\nlooked/)
  await endLab(page)
})

test('from a lesson into the playground, three machines, and a link that cannot be used', async ({ page }) => {
  await page.goto('/compose/first-stack/')
  const address = await page.getByRole('link', { name: 'Open in the playground' }).first().getAttribute('href')
  await follow(page, address ?? '')
  await expect(page.getByLabel('compose.yaml')).toContainText('services:')
  await page.getByRole('button', { name: 'Leave them out' }).click()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Start the playground' })).toBeEnabled()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  for (const [hash, why] of [
    ['#..%2f..%2fetc%2fpasswd=x', 'is not a file name'],
    [`#Dockerfile=${encodeURIComponent('RUN true \u202e eurt')}`, 'U+202E'],
    ['#Dockerfile=%', 'percent-encoded'],
  ] as const) {
    await follow(page, `/play/${hash}`)
    await expect(page.getByRole('dialog')).toContainText(why)
    await page.getByRole('button', { name: 'Go on without it' }).click()
  }
  await page.getByRole('radio', { name: /^Three/ }).check()
  await page.getByRole('button', { name: 'Start the playground' }).click()
  const lab = labPage(page)
  await lab.sees('root@node1')
  await lab.type('ping -c1 node2 >/dev/null && ping -c1 node3 >/dev/null && echo all-$((1+2))')
  await lab.sees('all-3')
  expect(await sessions(page)).toMatchObject([{ nodes: ['node1', 'node2', 'node3'], tasks: [] }])
  // A reload finds it again, whatever would be chosen.
  await page.reload()
  await lab.sees('all-3')
  await endLab(page)
})

test('in a frame on a site that is named it works, on another site and for other pages it is not shown', async ({
  browser,
}) => {
  // Two sites for a browser: this one by address, the platform by name.
  const blog = createServer((request, response) => {
    const address = new URL(request.url ?? '', 'http://blog').searchParams.get('show') ?? ''
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(
      `<title>Blog</title><iframe width="900" height="600" src="${address.replaceAll('"', '&quot;')}"></iframe>`,
    )
  })
  await new Promise<void>((resolve) => blog.listen(0, '0.0.0.0', resolve))
  const { port } = blog.address() as AddressInfo
  const context = await browser.newContext()
  try {
    await using platform = await startPlatform({ env: { DRYDOCK_EMBED_ORIGINS: `http://127.0.0.1:${port}` } })
    const page = await context.newPage()
    const show = (host: string, address: string) =>
      page.goto(`http://${host}:${port}/?show=${encodeURIComponent(platform.url + address)}`)
    const frame = page.frameLocator('iframe')

    await show('127.0.0.1', link({ Dockerfile: 'FROM nginx:1.26\n' }))
    await frame.getByRole('button', { name: 'Start with them' }).click()
    await expect(frame.getByText('Dockerfile is in ~/work. Nothing was run.')).toBeVisible({ timeout: 30_000 })
    await frame.locator('.xterm-helper-textarea').first().focus()
    await page.keyboard.type('docker run -d -p 8080:80 nginx:1.26\r')
    await frame.getByRole('tab', { name: /Preview :8080/ }).click({ timeout: 60_000 })
    const opened = context.waitForEvent('page')
    await frame.getByRole('button', { name: 'Open it' }).click()
    await expect((await opened).getByRole('heading', { name: 'nginx is running in a container' })).toBeVisible()
    // The person outside of the frame is another one, who has nothing running.
    const own = await context.newPage()
    await own.goto(`${platform.url}/play/`)
    expect(await sessions(own)).toEqual([])
    await show('127.0.0.1', '/play/')
    await expect(frame.getByRole('button', { name: 'End', exact: true })).toBeVisible()
    await frame.getByRole('button', { name: 'End', exact: true }).click()
    await frame.getByRole('button', { name: 'End the playground' }).click()
    await expect(frame.getByText('This playground has ended')).toBeVisible()

    for (const [host, address] of [
      ['127.0.0.1', '/'],
      ['127.0.0.1', '/play/link/'],
      ['127.0.0.2', '/play/'],
    ] as const) {
      await show(host, address)
      await expect(page.locator('iframe')).toBeVisible()
      // A page that may not be shown is replaced by the browser's own.
      await expect.poll(() => page.frames().at(-1)?.url(), { message: address }).toMatch(/^chrome-error:/)
    }
  } finally {
    await context.close()
    blog.close()
    blog.closeAllConnections()
  }
})
