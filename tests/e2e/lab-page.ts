/** The lesson page as a person uses it: words on buttons, keys into the terminal, what the screen shows. */
import { expect, type Page } from '@playwright/test'

declare global {
  var __drydock_terminal: undefined | (() => string)
}

export interface LabPage {
  page: Page
  /** Types a line into the terminal that has the focus, like a person. */
  type(line: string): Promise<void>
  /** Waits until the terminal, scrollback included, contains the text. */
  sees(text: string | RegExp): Promise<void>
  terminalText(): Promise<string>
  /** Waits for the state of a task in the strip above the terminal, by its id. */
  task(id: string, state: 'done' | 'not yet' | 'later' | 'holds' | 'broken'): Promise<void>
}

export function labPage(page: Page): LabPage {
  const terminalText = () => page.evaluate(() => globalThis.__drydock_terminal?.() ?? '')
  return {
    page,
    async type(line) {
      await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus()
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
    },
    async sees(text) {
      const wanted = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text)
      await expect.poll(terminalText, { timeout: 30_000 }).toEqual(wanted)
    },
    terminalText,
    async task(id, state) {
      const entry = page.getByRole('navigation', { name: 'Tasks of this lab' }).locator(`a[href="#task-${id}"]`)
      await expect(entry).toHaveAccessibleName(new RegExp(`^Task [0-9]+, ${state}`), { timeout: 20_000 })
    },
  }
}

/** Starts an empty playground, and waits for the prompt. */
export async function startPlayground(page: Page): Promise<LabPage> {
  await page.goto('/play/')
  await page.getByRole('button', { name: 'Start the playground' }).click()
  const lab = labPage(page)
  await lab.sees('root@node1')
  return lab
}

/** Opens a lesson, starts its lab, and waits for the prompt. */
export async function startLab(page: Page, lesson: string): Promise<LabPage> {
  await page.goto(`/${lesson}/`)
  await page.getByRole('button', { name: 'Start the lab' }).click()
  const lab = labPage(page)
  await lab.sees('root@node1')
  return lab
}

/** Ends the lab or playground through the page, as its owner would. */
export async function endLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('button', { name: /^End the (lab|playground)$/ }).click()
  await expect(page.getByRole('button', { name: /start/i }).first()).toBeVisible()
}
