/** The workspace in a real browser on a real engine: build and preview a page by editor and terminal, conflicts, hostile files, a line that is cut in vim. */
import type { Page, Route } from '@playwright/test'
import { freePort } from '../../infra/cli/port.ts'
import { openCutLine } from '../harness/cut-line.ts'
import { expect, test } from '../harness/browser.ts'
import { startPlatform } from '../harness/platform.ts'
import { accessible as look } from './accessible.ts'
import { endLab, labPage, startLab, startPlayground } from './lab-page.ts'

const lesson = 'architecture/first-commands'
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const frame = (page: Page) => page.frameLocator('.preview iframe')
const editor = (page: Page) => page.locator('.editor:not([hidden]) .cm-content')

// What a learner's own page is like is not ours to say.
const accessible = (page: Page, where: string) => look(page, where, { without: 'iframe' })

test('from an empty playground a web app by editor and terminal: written, built, run, previewed, shared, changed', async ({
  page,
  browser,
  platform,
}) => {
  const lab = await startPlayground(page)
  await tab(page, 'Files').click()
  await page.getByRole('button', { name: 'New file' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('site/Dockerfile')
  await page.keyboard.press('Enter')
  await expect(tab(page, /^Dockerfile/)).toHaveAttribute('aria-selected', 'true')
  await editor(page).fill('FROM nginx:1.26\nCOPPY index.html /usr/share/nginx/html/\n')
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible()
  await accessible(page, 'editor')
  await editor(page).fill('FROM nginx:1.26\nCOPY index.html /usr/share/nginx/html/\n')
  await page.keyboard.press('Control+s')
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0)

  // What the terminal writes appears in the tree; what it changes appears in the editor.
  await tab(page, 'node1').click()
  await lab.type(`printf '<h1>Ahoy</h1>' > site/index.html; ls site`)
  await lab.sees(/Dockerfile\s+index\.html/)
  await tab(page, 'Files').click()
  await page.getByRole('treeitem', { name: /index\.html/ }).click()
  await expect(editor(page)).toContainText('<h1>Ahoy</h1>')

  // The button types the command, and the person runs it.
  await tab(page, /^Dockerfile/).click()
  await page.getByRole('button', { name: /docker build site/ }).click()
  await lab.sees('docker build site')
  await page.keyboard.type(' -t ahoy && docker run -d --name web -p 8080:80 ahoy\r')
  await tab(page, /Preview :8080/).click({ timeout: 60_000 })
  await expect(frame(page).getByRole('heading', { name: 'Ahoy' })).toBeVisible()
  await accessible(page, 'preview')

  // Shared on purpose it opens elsewhere; without the key it does not.
  const id = new URL(
    page
      .frames()
      .find((f) => f.url().includes('preview.localhost'))
      ?.url() ?? '',
  ).host
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(`http://${id}/`)
  await expect(other.getByRole('heading', { name: 'This preview is private' })).toBeVisible()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('The link is on your clipboard')).toBeVisible()
  await other.goto(await page.evaluate(() => navigator.clipboard.readText()))
  await expect(other.getByRole('heading', { name: 'Ahoy' })).toBeVisible()
  expect(new URL(other.url()).search).toBe('')
  // Nothing of the site's is sent to the page, and the page cannot plant anything there.
  expect((await stranger.cookies(platform.url)).map(({ name }) => name)).toEqual([])
  await other.evaluate(() => {
    document.cookie = 'drydock_learner=evil; domain=localhost; path=/'
    document.cookie = `__Host-drydock_preview=evil; domain=preview.localhost; path=/; secure`
  })
  expect((await stranger.cookies(platform.url)).map(({ name }) => name)).toEqual([])
  await stranger.close()

  // Another container behind the port has another page, and a port that has gone gives way to the one that is there.
  const nginx = () => frame(page).getByRole('heading', { name: 'nginx is running in a container' })
  await tab(page, 'node1').click()
  await lab.type('docker rm -f web; docker run -d --name web -p 8080:80 nginx:1.26')
  await tab(page, /Preview/).click()
  await expect(nginx()).toBeVisible()
  await tab(page, 'node1').click()
  const slowly = 'python:3.13-slim sh -c "sleep 5; exec python3 -m http.server 8080"'
  await lab.type(`docker rm -f web; docker run -d --name web -p 8081:8080 ${slowly}`)
  await tab(page, /Preview :8081/).click({ timeout: 60_000 })
  await expect(page.getByLabel('Port', { exact: true })).toHaveValue('8081')
  await expect(page.getByText('Waiting for an answer on port 8081')).toBeVisible()
  await expect(frame(page).getByRole('heading', { name: 'Directory listing for /' })).toBeVisible()
  await expect(page.getByText('Waiting for an answer')).toHaveCount(0)

  // A dead port explains itself.
  await tab(page, 'node1').click()
  await lab.type('docker rm -f web && echo gone')
  await lab.sees(/\ngone/)
  await tab(page, /Preview/).click()
  await page.getByRole('button', { name: 'Load' }).click()
  await expect(frame(page).getByText('Nothing answers on port 8081')).toBeVisible()
  await endLab(page)
})

test('conflicts ask, deletes are undone, hostile files stay files', async ({ page }) => {
  const lab = await startLab(page, lesson)
  await lab.type(
    `echo one > note.txt; head -c 2000000 /dev/zero > huge.bin; ln -s /etc/passwd out; touch $'new\\nline'; echo made-$((1+1))`,
  )
  await lab.sees('made-2')
  await tab(page, 'Files').click()
  await page.getByRole('treeitem', { name: /note\.txt/ }).click()
  await expect(editor(page)).toContainText('one')
  await tab(page, 'node1').click()
  await lab.type('echo two > note.txt')
  await tab(page, 'Files').click()
  await expect(editor(page)).toContainText('two')

  const isWrite = (route: Route) => route.request().method() === 'PUT'
  await page.route('**/files/text', (route) => (isWrite(route) ? route.abort() : route.continue()))
  await editor(page).fill('mine')
  await expect(page.getByText('Not saved:')).toBeVisible()
  await page.unroute('**/files/text')
  await tab(page, 'node1').click()
  await lab.type('echo three > note.txt')
  await tab(page, 'Files').click()
  await expect(page.getByText('This file was changed outside')).toBeVisible()
  await accessible(page, 'conflict')
  await page.getByRole('button', { name: 'Take what is there' }).click()
  await expect(editor(page)).toContainText('three')
  await expect(page.getByRole('treeitem', { name: 'new\\u{a}line' })).toBeVisible()
  for (const [name, words] of [
    [/huge\.bin/, 'too large for the editor'],
    [/^out/, 'leads out of the work folder'],
  ] as const) {
    await page.getByRole('treeitem', { name }).click()
    await expect(page.getByText(words)).toBeVisible()
  }
  await page.getByRole('treeitem', { name: /note\.txt/ }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('treeitem', { name: /note\.txt/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('treeitem', { name: /note\.txt/ })).toBeVisible()
  await endLab(page)
})

test('the line is cut in vim: the pane says so, what is typed arrives once, the screen is the one that was there', async ({
  browser,
}) => {
  const outer = await freePort()
  await using platform = await startPlatform({ env: { PUBLIC_URL: `http://localhost:${outer}` } })
  const line = await openCutLine(Number(new URL(platform.inner).port), { port: outer, delay_ms: 20 })
  const context = await browser.newContext({ baseURL: `http://localhost:${outer}` })
  const page = await context.newPage()
  try {
    const lab = await startLab(page, lesson)
    await lab.type('vim -u NONE log.txt')
    await lab.sees('"log.txt" [New')
    await page.keyboard.type('ibefore the cut')
    await lab.sees('before the cut')
    line.cut()
    await page.keyboard.type(' and lost')
    await expect(page.getByText('Not connected. Your shell goes on')).toBeVisible({ timeout: 30_000 })
    await page.keyboard.type(' and offline')
    line.mend()
    await lab.sees('before the cut and lost and offline')
    await page.keyboard.type(' and after')
    await lab.sees('before the cut and lost and offline and after')
    // A page that is loaded anew shows the same screen, still in vim.
    await page.reload()
    await lab.sees('before the cut and lost and offline and after')
    await page.locator('.xterm-helper-textarea').first().focus()
    await page.keyboard.press('Control+[')
    await page.keyboard.type(':wq\r')
    // What vim says goes away with its screen.
    await lab.sees(/log\.txt\s+root@node1:\S+#/)
    await lab.type('cat log.txt')
    await lab.sees(/cat log\.txt\s+before the cut and lost and offline and after\n/)
    await endLab(page)
  } finally {
    await context.close()
    line.close()
  }
})

test('terminals: side by side, renamed, restarted, searched, pasted into with a question; at 360 px too', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/${lesson}/`)
  await page.getByRole('button', { name: /^Lab/ }).click()
  await page.getByRole('button', { name: 'Start the lab' }).click()
  const { sees, terminalText: text } = labPage(page)
  await sees('root@node1')
  await accessible(page, 'narrow')
  const menu = async (name: string | RegExp) => {
    await page.getByRole('button', { name: 'Terminal menu' }).click()
    await page.getByRole('button', { name }).click()
  }
  await menu('Side by side')
  await expect(page.locator('.panes > .terminal:not([hidden])')).toHaveCount(2)
  await menu('Rename')
  await page.getByRole('textbox', { name: 'Name' }).fill('server')
  await page.keyboard.press('Enter')
  await expect(tab(page, 'server')).toBeVisible()
  await menu('One at a time')
  await expect(page.locator('.panes > .terminal:not([hidden])')).toHaveCount(1)

  const keys = page.locator('.panes > .terminal:not([hidden]) .xterm-helper-textarea')
  await keys.focus()
  await page.keyboard.type('seq 1 300; KEPT=1\r')
  await expect.poll(text).toContain('\n300\n')
  await page.keyboard.press('Control+Shift+F')
  await page.getByRole('searchbox', { name: 'Find' }).fill('no such text')
  await expect(page.getByText('Not found')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find' }).fill('123')
  await expect(page.getByText('Not found')).toHaveCount(0)
  await page.keyboard.press('Escape')

  const paste = async (words: string) => {
    await expect(keys).toBeFocused()
    await page.evaluate((data) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', data)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    }, words)
  }
  await paste('echo first\necho second')
  await expect(page.getByRole('alertdialog')).toContainText('Paste 2 lines?')
  await accessible(page, 'paste')
  await page.getByRole('button', { name: 'Paste as one line' }).click()
  await expect.poll(text).toContain('echo first echo second')
  await paste('x'.repeat(1_100_000))
  await expect(page.getByRole('alertdialog')).toContainText('million')
  await page.getByRole('button', { name: 'All right' }).click()

  await menu(/Transcript/)
  await expect(page.getByLabel('Text of the terminal')).toContainText('seq 1 300')
  await accessible(page, 'transcript')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await menu('Restart the shell')
  // Another shell has an empty screen.
  await expect.poll(text).toMatch(/^root@node1:\S+#\s*$/)
  await keys.focus()
  await page.keyboard.type('echo "[$KEPT]"\r')
  await expect.poll(text).toContain('\n[]')
  await page.getByRole('button', { name: 'Keys of the terminal' }).click()
  await accessible(page, 'keys')
  await page.keyboard.press('Escape')
  await endLab(page)
})
