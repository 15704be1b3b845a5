/** What a program in a node may do to the browser that shows its output, by escape sequences: nothing, unless the person says so. The control is the same terminal, wired to obey. */
import type { Page } from '@playwright/test'
import path from 'node:path'
import { expect, test } from '../harness/browser.ts'
import { repository } from '../harness/platform.ts'
import { endLab, startLab } from './lab-page.ts'

// What must not happen even once.
test.describe.configure({ retries: 0 })

const evil = 'touch-hacked'
/** As printf takes them: a title, the wish to be answered as if somebody typed, the clipboard, a link that is a script. */
const sequences = [
  String.raw`\033]2;${evil}\007`,
  String.raw`\033[18t`,
  String.raw`\033]52;c;${Buffer.from(evil).toString('base64')}\007`,
  String.raw`\033]8;;javascript:document.title="${evil}"\007click-here\033]8;;\007`,
].join('')

/** As much of xterm as it takes. */
interface ObeyingTerminal {
  onTitleChange(listener: (title: string) => void): void
  onData(listener: (data: string) => void): void
  parser: { registerOscHandler(code: number, handler: (data: string) => boolean): void }
  open(element: HTMLElement): void
  write(text: string, done: () => void): void
}

/** Remembers whatever leaves the page. */
async function watch(page: Page): Promise<() => Promise<string>> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(globalThis, { __seen: seen })
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void seen.push(`clipboard ${text}`) },
    })
    globalThis.open = (address) => (seen.push(`open ${String(address)}`), null)
    globalThis.confirm = (text) => (seen.push(`asked ${text ?? ''}`), true)
  })
  return async () =>
    `${await page.title()}\n${await page.evaluate(() => (globalThis as unknown as { __seen: string[] }).__seen.join('\n'))}`
}

/** The terminal hears the mouse itself: what is below it cannot be clicked as such. */
async function pointAtLink(page: Page): Promise<void> {
  const box = await page.locator('.xterm-rows').getByText('click-here', { exact: true }).first().boundingBox()
  if (!box) throw new Error('there is no link')
  await page.mouse.move(box.x + 2, box.y + 2)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 })
}

async function clickThere(page: Page): Promise<void> {
  await page.mouse.down()
  await page.mouse.up()
}

test('a terminal that obeys sets the title, types for the learner, fills the clipboard and runs scripts', async ({
  page,
}) => {
  const seen = await watch(page)
  // Not a page of ours, which would not run a script that is not its own.
  await page.goto('about:blank')
  await page.setContent('<div id="screen"></div>')
  await page.addStyleTag({ path: path.join(repository, 'node_modules/@xterm/xterm/css/xterm.css') })
  await page.addScriptTag({ path: path.join(repository, 'node_modules/@xterm/xterm/lib/xterm.js') })
  const typed = await page.evaluate(
    async (text) => {
      const { Terminal } = globalThis as unknown as { Terminal: new (options: object) => ObeyingTerminal }
      const obeys = new Terminal({
        windowOptions: { getWinSizeChars: true },
        linkHandler: {
          activate: (_event: unknown, uri: string) => void globalThis.open(uri),
          allowNonHttpProtocols: true,
        },
      })
      let answers = ''
      obeys.onTitleChange((title) => (document.title = title))
      obeys.onData((data) => (answers += data))
      obeys.parser.registerOscHandler(52, (data) => {
        void navigator.clipboard.writeText(atob(data.split(';')[1] ?? ''))
        return true
      })
      obeys.open(document.getElementById('screen') as HTMLElement)
      await new Promise<void>((resolve) => obeys.write(text, resolve))
      return answers
    },
    sequences.replaceAll(String.raw`\033`, '\u001b').replaceAll(String.raw`\007`, '\u0007'),
  )
  await pointAtLink(page)
  await page.locator('.xterm-cursor-pointer').waitFor()
  await clickThere(page)
  const said = await seen()
  expect(said).toContain(`clipboard ${evil}`)
  expect(said).toContain('open javascript:')
  expect(said.split('\n')[0]).toBe(evil)
  expect(typed).toContain('\u001b[8;')
})

test('ours does none of it', async ({ page }) => {
  const seen = await watch(page)
  const lab = await startLab(page, 'architecture/first-commands')
  await lab.type(`clear; printf '${sequences}\\n'`)
  await lab.sees(/^click-here$/m)
  await lab.type('echo "what was typed: $?"')
  await lab.sees('what was typed: 0')
  expect(await lab.terminalText()).not.toMatch(new RegExp(`# .*${evil}.*command not found`))
  await pointAtLink(page)
  await clickThere(page)
  const said = await seen()
  expect(said).not.toContain('clipboard')
  expect(said).not.toMatch(/(open|asked).*javascript:/)
  expect(said.split('\n')[0]).not.toContain(evil)
  // A program may ask for the clipboard, and a person decides.
  const wish = page.getByRole('group', { name: 'A program wants to copy' })
  await expect(wish).toContainText(evil)
  await wish.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(wish).toBeHidden()
  await expect(page.getByText(`has copied ${evil.length} characters to your clipboard`)).toBeVisible()
  expect(await seen()).toContain(`clipboard ${evil}`)
  // Whoever attaches later gets the same bytes, and no answer to them is typed either.
  await page.reload()
  await lab.sees('what was typed: 0')
  await lab.type('echo "again: $?"')
  await lab.sees('again: 0')
  await expect(wish).toBeHidden()
  expect(await seen()).not.toContain('clipboard')
  await endLab(page)
})
