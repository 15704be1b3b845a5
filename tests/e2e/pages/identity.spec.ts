/** One person in two browsers: progress is seen, taken along by a code and by a file, and gone when they say so; by keyboard, on a narrow screen, in both themes. */
import { readFileSync } from 'node:fs'
import { learnerExport } from '@drydock/sandbox-server/contract'
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, notTooWide } from '../accessible.ts'

/** Answers a question of a lesson wrongly and one rightly, as its page would. */
async function answerSome(page: Page): Promise<void> {
  const origin = new URL(page.url()).origin
  const { questions } = (await (await page.request.get('/api/quizzes/layers/cache?seed=1')).json()) as {
    questions: { id: string; form: string; options?: { id: string }[] }[]
  }
  const question = questions.find(({ form }) => form === 'single')!
  for (const [i, option] of question.options!.entries())
    await expect(
      await page.request.post(`/api/quizzes/layers/cache/${question.id}/answers`, {
        data: { id: `answer-${i}-of-${Date.now()}`, answer: { form: 'single', option: option.id } },
        headers: { origin },
      }),
    ).toBeOK()
}

const look = async (page: Page, where: string) => {
  await accessible(page, where)
  await notTooWide(page, where)
}

test('progress has a way to begin, then figures with a table behind them, and goes to another browser by a code', async ({
  browser,
  platform,
}) => {
  const first = await browser.newContext({
    baseURL: platform.url,
    colorScheme: 'dark',
    viewport: { width: 360, height: 800 },
  })
  const page = await first.newPage()
  await page.goto('/')
  await page.getByRole('link', { name: 'Progress' }).first().click()
  await expect(page.getByRole('link', { name: 'Start the first lab' })).toBeVisible()
  await answerSome(page)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Next' })).toBeVisible()
  const table = page.getByText('As a table').first()
  await table.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('rowheader', { name: 'Images and layers' })).toBeVisible()
  await expect(page.locator('.ct-bar').first()).toBeAttached()

  const make = page.getByRole('button', { name: 'Make a code' })
  await make.focus()
  await page.keyboard.press('Enter')
  const shown = page.getByRole('group', { name: 'Your recovery code' })
  await expect(shown).toBeFocused()
  const code = await shown.locator('output').innerText()
  await look(page, 'a code')
  await page.reload()
  await expect(page.getByText('There is one, made')).toBeVisible()
  expect(await page.content()).not.toContain(code)

  const second = await browser.newContext({ baseURL: platform.url, colorScheme: 'light' })
  const other = await second.newPage()
  await other.goto('/progress/#devices')
  const field = other.getByRole('textbox', { name: 'Recovery code' })
  await field.fill(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`)
  await other.keyboard.press('Enter')
  await expect(other.getByRole('alert')).toContainText('slip')
  await expect(field).toBeFocused()
  await field.fill(code.toLowerCase())
  await other.keyboard.press('Enter')
  await expect(other.getByRole('group', { name: 'What would be joined' })).toBeFocused()
  await look(other, 'what would be joined')
  await other.getByRole('button', { name: 'Join them' }).click()
  await expect(other.getByText('Joined.')).toBeVisible()
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Next' })).toBeVisible()

  await other.getByRole('button', { name: 'Sign out', exact: true }).click()
  await other.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(other.getByText('nobody’s now')).toBeVisible()
  await other.reload()
  await expect(other.getByText('Nothing here yet')).toBeVisible()
  await Promise.all([first.close(), second.close()])
})

test('what is stored is told, leaves as a file, comes in again once, and is gone when its learner says so', async ({
  page,
}, info) => {
  await page.goto('/privacy/')
  await expect(page.getByText('Nothing. The server knows this browser')).toBeVisible()
  await answerSome(page)
  await page.reload()
  await expect(page.getByRole('row', { name: 'Answers to questions 4' })).toBeVisible()
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as JSON' }).click()
  const file = info.outputPath('export.json')
  await (await coming).saveAs(file)
  const saved = learnerExport.parse(JSON.parse(readFileSync(file, 'utf8')))
  expect(saved.answers).toHaveLength(4)

  const status = page.getByRole('status').first()
  const choose = (name: string, content: string) =>
    page.getByLabel('Import a file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  await page.getByLabel('Import a file').setInputFiles(file)
  await expect(status).toContainText('nothing counts twice')
  await choose('broken.json', '{')
  await expect(status).toContainText('broken.json is no JSON')
  await choose('other.json', JSON.stringify({ ...saved, version: 7 }))
  await expect(status).toContainText('version: must be 1')
  await choose('huge.json', `"${'x'.repeat(10_000_000)}"`)
  await expect(status).toContainText('has 10.0 MB')
  await look(page, 'what is stored')

  await page.getByRole('button', { name: 'End my labs and forget me' }).click()
  await page.getByRole('button', { name: 'Forget me', exact: true }).click()
  await expect(page.getByText('Nothing. The server knows this browser')).toBeVisible()
  await page.getByLabel('Import a file').setInputFiles(file)
  await expect(status).toContainText('Imported: 4 answers')
  await expect(page.getByRole('row', { name: 'Answers to questions 4' })).toBeVisible()
})
