/** Practice and a mock interview in a real browser: by keyboard all the way, kept over a reload, accessible, and no wider than a phone. */
import type { Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible as look, notTooWide } from '../accessible.ts'

async function accessible(page: Page, where: string): Promise<void> {
  await look(page, where)
  await notTooWide(page, where)
}

/** Answers whatever is asked, somehow, with keys alone. */
async function answerByKeys(page: Page): Promise<void> {
  const asked = page.locator('.one-question')
  const texts = asked.getByRole('textbox')
  // With the focus come the keys: before that nothing on this screen hears them.
  await expect(asked.locator(':focus')).toHaveCount(1)
  if ((await texts.count()) > 0) {
    await expect(texts).toBeFocused()
    await page.keyboard.type('docker ps -a')
    return await page.keyboard.press('Control+Enter')
  }
  const terms = await asked.getByRole('combobox').count()
  for (let i = 1; i <= terms; i++) {
    // On a field that is chosen from, a digit would choose in it: it is left first.
    await page.keyboard.press(i === 1 ? '1' : 'Tab')
    await expect(asked.getByRole('combobox').nth(i - 1)).toBeFocused()
    await page.keyboard.press('ArrowDown')
  }
  if (terms > 0) return await page.keyboard.press('Control+Enter')
  if ((await asked.getByRole('button', { name: /^Move step/ }).count()) > 0) {
    await page.keyboard.press('2')
    await page.keyboard.press('ArrowUp')
    return await page.keyboard.press('Control+Enter')
  }
  await page.keyboard.press('1')
  await expect(asked.locator('input').first()).toBeChecked()
  await page.keyboard.press('Enter')
}

test('practice: new questions by keyboard, explained at three depths, due again, and mistakes only with consent', async ({
  browser,
  platform,
}) => {
  const context = await browser.newContext({
    ...{ colorScheme: 'dark', viewport: { width: 360, height: 740 }, baseURL: platform.url },
  })
  const page = await context.newPage()
  await page.goto('/practice/')
  await expect(page.getByText('Nothing was practised yet.', { exact: false })).toBeVisible()
  await accessible(page, 'nothing yet')
  await page.getByRole('link', { name: 'New questions' }).focus()
  await page.keyboard.press('Enter')
  const asked = page.locator('.one-question')
  await expect(asked.locator('form')).toBeVisible()
  await accessible(page, 'a question')
  for (let i = 0; i < 2; i++) {
    const text = await asked.locator('.asked p').innerText()
    await answerByKeys(page)
    await expect(asked.locator('.result')).toBeFocused()
    if (i === 0) {
      await asked.getByText('In one sentence').click()
      await asked.getByText('What is asked next').click()
      await asked.getByText('What one says to that').click()
      await accessible(page, 'a verdict')
      await asked.locator('.result').focus()
    }
    const next = asked.getByRole('button', { name: 'Next' })
    // A free answer is rated first.
    if ((await next.count()) === 0) {
      await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await expect(next).toBeVisible()
    }
    await asked.locator('.result').focus()
    await page.keyboard.press('Enter')
    await expect(asked.locator('form')).toBeVisible()
    await expect(asked.locator('.asked p')).not.toHaveText(text)
  }
  await page.getByRole('link', { name: 'Leave it for now' }).click()
  await expect(page.getByText(/The next card comes back/)).toBeVisible()
  await page.getByRole('button', { name: 'No, only what I practise here' }).click()
  await expect(page.getByRole('button', { name: 'Make cards of them' })).toBeVisible()
  await accessible(page, 'after practice')
  // Who has only practised is told what is next as well.
  await page.goto('/progress/')
  await expect(page.getByText(/No card is due: the next one comes back/)).toBeVisible()
  await accessible(page, 'progress')
  await context.close()
})

test('a mock interview: by keyboard to its report, with a reload and a second window on the way', async ({
  browser,
  platform,
}) => {
  const context = await browser.newContext({ colorScheme: 'light', baseURL: platform.url })
  const page = await context.newPage()
  await page.goto('/practice/interview/')
  await page.getByRole('slider', { name: 'Minutes' }).focus()
  await page.keyboard.press('Home')
  await page.getByLabel(/^Broken machines/).uncheck()
  await accessible(page, 'before')
  await page.getByRole('button', { name: 'Begin: 15 minutes, mid' }).focus()
  await page.keyboard.press('Enter')
  const number = page.locator('.interview-bar strong')
  await expect(number).toHaveText('Question 1')
  await accessible(page, 'the first question')
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(second.locator('.interview-bar strong')).toHaveText('Question 1')
  const all = Number(await page.locator('.interview-progress').getAttribute('max'))
  for (let turn = 1; turn <= all; turn++) {
    await expect(number).toHaveText(`Question ${turn}`)
    await page.bringToFront()
    await answerByKeys(page)
    // A free answer is held against its rubric first.
    await expect(page.locator('.report, .interview').first()).toContainText(
      new RegExp(
        turn < all ? `Question ${turn + 1} of|Be your own interviewer` : 'A note on your interview|Be your own',
      ),
    )
    const rates = page.getByText('Be your own interviewer')
    if ((await rates.count()) > 0) {
      await expect(rates).toBeFocused()
      await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await expect(rates).toHaveCount(0)
    }
    if (turn === 1) {
      await second.bringToFront()
      await second.getByRole('button', { name: 'Pass' }).click()
      await expect(second.locator('.interview-bar strong')).toHaveText('Question 2')
      await expect(second.getByText(/answered meanwhile/)).toBeVisible()
      await second.close()
      await page.reload()
    }
  }
  await expect(page.getByRole('heading', { name: 'A note on your interview' })).toBeFocused()
  await expect(page.locator('.todo > li')).toHaveCount(3)
  await page.locator('.report-questions summary').first().click()
  await accessible(page, 'the report')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'A note on your interview' })).toBeVisible()
  await context.close()
})
