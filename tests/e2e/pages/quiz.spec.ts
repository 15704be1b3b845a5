/** Questions after a lesson in a real browser: every form answered, by mouse and by keyboard, explained, kept, accessible, and honest without a server. */
import path from 'node:path'
import { loadQuizzes } from '@drydock/kit/quiz'
import type { Question } from '@drydock/kit/quiz-schema'
import type { Locator, Page } from '@playwright/test'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { repository } from '../../harness/platform.ts'
import { accessible as look } from '../accessible.ts'

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
/** A right answer that is written. */
function textOf(question: Extract<Question, { form: 'output' | 'command' | 'free' }>): string {
  if (question.form === 'command') return question.accept[0]!
  return question.form === 'output' ? question.expect : question.model
}

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
    await at.getByRole('textbox').fill(textOf(question))
  }
  await at.getByRole('button', { name: 'Check the answer' }).focus()
  await page.keyboard.press('Enter')
}

/** The same with the mouse alone, and keys only where something is written. */
async function answerByMouse(page: Page, at: Locator, question: Question): Promise<void> {
  if (question.form === 'single' || question.form === 'multiple')
    for (const { text } of Object.values(question.options).filter((option) => option.right))
      await at
        .locator('label.choice')
        .filter({ has: page.getByLabel(plain(text), { exact: true }) })
        .click()
  else if (question.form === 'line') {
    const { text } = Object.values(question.lines).find((line) => line.fault)!
    await at.locator('label.line').filter({ hasText: text.trim() }).first().click()
  } else if (question.form === 'match')
    // What opens is drawn by the system, out of reach of every mouse but the user's own.
    for (const term of Object.values(question.terms))
      await at.getByLabel(plain(term.text), { exact: true }).selectOption(plain(question.meanings[term.fits]!))
  else if (question.form === 'order')
    for (const [i, { text }] of Object.values(question.steps).entries()) await drag(page, at, plain(text), i)
  else {
    await at.getByRole('textbox').click()
    await page.keyboard.insertText(textOf(question))
  }
  await at.getByRole('button', { name: 'Check the answer' }).click()
}

/** What a screen reader says of the control: the question as its name, what to do as its description, each choice by its own text. */
async function heard(at: Locator, question: Question): Promise<void> {
  const { form } = question
  const control = form === 'order' ? at.getByRole('list') : at.locator('[aria-labelledby][aria-describedby]')
  await expect(control).toHaveAccessibleName(
    new RegExp(`^Question \\d, ${question.level} ?${escape(plain(question.text).trim().slice(0, 60))}`),
  )
  await expect(
    form === 'order' ? at.getByRole('button', { name: /^Move step 1/ }) : control,
  ).toHaveAccessibleDescription(/\w.*\.$/)
  const role = { single: 'radio', multiple: 'checkbox' } as const
  if (form === 'single' || form === 'multiple')
    for (const { text } of Object.values(question.options))
      await expect(control.getByRole(role[form], { name: plain(text), exact: true })).toHaveCount(1)
}

/** The first one is dragged to its place with the mouse, the others go by arrow keys. */
async function order(page: Page, at: Locator, texts: readonly string[]): Promise<void> {
  await drag(page, at, texts[0]!, 0)
  const handle = (text: string) => handleOf(at, text)
  for (const [i, text] of texts.entries()) {
    await handle(text).focus()
    while (!(await handle(text).getAttribute('aria-label'))?.startsWith(`Move step ${i + 1} of`)) {
      await page.keyboard.press('ArrowUp')
      // It keeps the focus on its way, and says how far it is.
      await expect(handle(text)).toBeFocused()
      await expect(at.getByRole('status').filter({ hasText: /: now \d of \d\.$/ })).toContainText(text)
    }
  }
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const handleOf = (at: Locator, text: string) =>
  at.getByRole('button', { name: new RegExp(`^Move step .*: ${escape(text)}$`) })

/** Takes a step by its handle and lets it go above the one that is at `place`. */
async function drag(page: Page, at: Locator, text: string, place: number): Promise<void> {
  const handles = at.getByRole('button', { name: /^Move step/ })
  // All of it on the screen; hovering waits until nothing moves any more.
  await at.evaluate((card) => card.scrollIntoView({ block: 'center' }))
  await handleOf(at, text).hover()
  const to = (await handles.nth(place).boundingBox())!
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y - 4, { steps: 6 })
  await page.mouse.up()
  await expect(handles.nth(place)).toHaveAccessibleName(`Move step ${place + 1} of ${await handles.count()}: ${text}`)
}

const accessible = (page: Page, where: string) => look(page, where, { only: '.quiz' })

// Together they have every form of question.
for (const [lesson, colorScheme] of [
  ['architecture/client-and-daemon', 'dark'],
  ['architecture/remote-daemon', 'light'],
  ['isolation/exit-137', 'dark'],
] as const)
  test(`the questions after ${lesson}: all answered right by keyboard and by mouse, and heard, in ${colorScheme}`, async ({
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
        // What is refused does not stay ticked.
        await page.route('**/points', (route) => route.abort(), { times: 1 })
        await at.getByRole('checkbox').first().click()
        await expect(at.getByRole('status')).toContainText('The server does not answer.')
        await expect(at.getByRole('checkbox').first()).not.toBeChecked()
        await at.getByRole('checkbox').first().check()
        await expect(at.getByRole('status')).toContainText(`1 of ${Object.keys(question.rubric).length} points, kept.`)
      }
    }
    await expect(quiz.getByText(/^All 5 answered, (5 of 5|4 of 4) right\.$/)).toBeVisible()
    await accessible(page, 'after')
    // Once more with the mouse: of each form one.
    await quiz.getByRole('button', { name: 'Shuffle and answer all again' }).click()
    const forms = new Map(questionsOf(lesson).map((each) => [each[1].form, each]))
    for (const [id, question] of forms.values()) {
      const at = card(quiz, id)
      await heard(at, question)
      await answerByMouse(page, at, question)
      await expect(at.getByText(question.form === 'free' ? 'Now compare.' : 'Right.', { exact: true })).toBeFocused()
    }
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
