/** Questions after a lesson in a real browser: every form answered, by mouse and by keyboard, explained, kept, accessible, and honest without a server. */
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { loadQuizzes } from '@drydock/kit/quiz'
import type { Question } from '@drydock/kit/quiz-schema'
import type { Locator, Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { repository } from '../../harness/platform.ts'

const { quizzes } = await loadQuizzes(path.join(repository, 'lessons'))
const questionsOf = (lesson: string) => Object.entries(quizzes.get(lesson)?.questions ?? {})

async function openQuiz(page: Page, lesson: string): Promise<Locator> {
  await page.goto(`/${lesson}/`)
  const quiz = page.getByRole('region', { name: 'Questions' })
  await quiz.scrollIntoViewIfNeeded()
  await expect(quiz.getByRole('listitem').first()).toBeVisible()
  return quiz
}
const card = (quiz: Locator, id: string) => quiz.locator(`#question-${id}`)
const plain = (text: string) => text.replaceAll('`', '')

/** As somebody who knows does it, with the keyboard wherever a control has one. */
async function answer(page: Page, at: Locator, question: Question): Promise<void> {
  if (question.form === 'single' || question.form === 'multiple')
    for (const option of Object.values(question.options).filter((each) => each.right)) {
      const control = at.getByLabel(plain(option.text), { exact: true })
      await control.focus()
      await page.keyboard.press('Space')
      await expect(control).toBeChecked()
    }
  else if (question.form === 'line')
    await at
      .getByLabel(
        Object.values(question.lines)
          .find((line) => line.fault)!
          .text.trim(),
      )
      .check()
  else if (question.form === 'match')
    for (const term of Object.values(question.terms))
      await at.getByLabel(plain(term.text), { exact: true }).selectOption(plain(question.meanings[term.fits]!))
  else if (question.form === 'order')
    await order(
      page,
      at,
      Object.values(question.steps).map((step) => plain(step.text)),
    )
  else {
    const text = { output: 'expect', command: 'accept', free: 'model' }[question.form]
    const said = (question as unknown as Record<string, string | string[]>)[text]
    await at.getByRole('textbox').fill(Array.isArray(said) ? said[0]! : said!)
  }
  await at.getByRole('button', { name: 'Check the answer' }).focus()
  await page.keyboard.press('Enter')
}

/** The first one is dragged to its place with the mouse, the others go by arrow keys. */
async function order(page: Page, at: Locator, texts: readonly string[]): Promise<void> {
  const handles = at.getByRole('button', { name: /^Move step/ })
  const handle = (text: string) =>
    at.getByRole('button', { name: new RegExp(`^Move step .*: ${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) })
  // All of it on the screen; hovering waits until nothing moves any more.
  await at.evaluate((card) => card.scrollIntoView({ block: 'center' }))
  await handle(texts[0]!).hover()
  const to = (await handles.first().boundingBox())!
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y - 4, { steps: 6 })
  await page.mouse.up()
  await expect(handles.first()).toHaveAccessibleName(`Move step 1 of ${texts.length}: ${texts[0]}`)
  for (const [i, text] of texts.entries()) {
    await handle(text).focus()
    while (!(await handle(text).getAttribute('aria-label'))?.startsWith(`Move step ${i + 1} of`)) {
      await page.keyboard.press('ArrowUp')
      // It keeps the focus on its way.
      await expect(handle(text)).toBeFocused()
    }
  }
}

async function accessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.quiz').analyze()
  expect(violations.map((v) => `${where}: ${v.id} at ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
}

// Together they have every form of question.
for (const [lesson, colorScheme] of [
  ['architecture/client-and-daemon', 'dark'],
  ['architecture/remote-daemon', 'light'],
  ['isolation/exit-137', 'dark'],
] as const)
  test(`the questions after ${lesson}: all answered right by keyboard, in ${colorScheme}`, async ({
    browser,
    platform,
  }) => {
    const context = await browser.newContext({ colorScheme, baseURL: platform.url })
    const page = await context.newPage()
    const quiz = await openQuiz(page, lesson)
    await accessible(page, 'before')
    for (const [id, question] of questionsOf(lesson)) {
      const at = card(quiz, id)
      await answer(page, at, question)
      const result = at.getByText(question.form === 'free' ? 'Now compare.' : 'Right.', { exact: true })
      await expect(result).toBeFocused()
      if (question.form === 'free') {
        await at.getByRole('checkbox').first().check()
        await expect(at.getByRole('status')).toContainText(`1 of ${Object.keys(question.rubric).length} points, kept.`)
      }
    }
    await expect(quiz.getByText(/^All 5 answered, (5 of 5|4 of 4) right\.$/)).toBeVisible()
    await accessible(page, 'after')
    await context.close()
  })

test('a wrong answer is explained, a reload keeps it, one begins anew, and nothing scrolls sideways at 360 pixels', async ({
  browser,
  platform,
}) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: platform.url })
  const page = await context.newPage()
  const lesson = 'architecture/remote-daemon'
  const quiz = await openQuiz(page, lesson)
  const at = card(quiz, 'one-command')
  await at.getByRole('button', { name: 'Check the answer' }).click()
  await expect(at.getByText('Write something first.')).toBeVisible()
  await at.getByRole('textbox').fill('docker ps -q --context node2')
  await page.keyboard.press('Enter')
  await expect(at.getByText('Not right.', { exact: true })).toBeFocused()
  await expect(at.getByText('docker --context node2 ps -a', { exact: true })).toBeVisible()
  await expect(at.getByText(/cannot be read as a command/)).toBeVisible()
  await page.reload()
  await quiz.scrollIntoViewIfNeeded()
  await expect(at.getByText('docker ps -q --context node2')).toBeVisible()
  await expect(quiz.getByText('1 of 5 answered, 0 of 1 right.')).toBeVisible()
  await accessible(page, 'a wrong answer')
  await at.getByRole('button', { name: 'Answer again' }).click()
  await at.getByRole('textbox').fill('docker --context=node2 container ls --all')
  await page.keyboard.press('Enter')
  await expect(at.getByText('Right.', { exact: true })).toBeVisible()
  for (const id of ['plain-tcp', 'what-travels', 'everyone-in']) {
    const other = card(quiz, id)
    await other.locator('input').first().check()
    await other.getByRole('button', { name: 'Check the answer' }).click()
    await expect(other.getByText('Answer again')).toBeVisible()
  }
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.quiz *')]
      .filter((each) => each instanceof HTMLElement)
      .filter((each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).display !== 'inline')
      .map((each) => `${each.tagName} ${each.className}`),
  )
  expect(wide).toEqual([])
  await quiz.getByRole('button', { name: 'Shuffle and answer all again' }).click()
  await expect(at.getByRole('textbox')).toHaveValue('')
  await expect(quiz.getByText(/^5 questions\./)).toBeFocused()
  await context.close()
})

test('without a server the questions say that they need one; when it does not answer, they try again', async ({
  page,
}) => {
  await page.route('**/api/quizzes/**', (route) =>
    route.fulfill({ status: 404, contentType: 'text/html', body: 'Not here' }),
  )
  await page.goto('/architecture/remote-daemon/')
  const quiz = page.getByRole('region', { name: 'Questions' })
  await quiz.scrollIntoViewIfNeeded()
  await expect(quiz.getByText(/a copy of the pages without one/)).toBeVisible()
  await page.unroute('**/api/quizzes/**')
  await page.route('**/api/quizzes/**', (route) => route.abort())
  await page.reload()
  await quiz.scrollIntoViewIfNeeded()
  await expect(quiz.getByText(/The server does not answer/)).toBeVisible()
  await page.unroute('**/api/quizzes/**')
  await quiz.getByRole('button', { name: 'Try again' }).click()
  await expect(quiz.getByRole('listitem').first()).toBeVisible()
})
