/** Every page: nothing that axe objects to in either theme, no word from outside, no more script than the budget, and no answers in the site. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { loadBank, loadQuizzes } from '@drydock/kit/quiz'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { repository } from '../../harness/platform.ts'
import { accessible, notTooWide } from '../accessible.ts'

// Half of the time of all pages: whichever worker is free takes the next.
test.describe.configure({ mode: 'parallel' })

const folder = path.join(repository, 'lessons')
const lessons = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => path.basename(name) === 'lesson.mdx')
  .map((name) => `/${path.dirname(name)}/`)
  .toSorted()
const pages = [
  '/',
  '/curriculum/',
  '/glossary/',
  '/privacy/',
  '/progress/',
  '/play/',
  '/play/link/',
  '/practice/',
  '/practice/review/',
  '/practice/interview/',
  '/teach/',
  '/teach/new/',
  '/join/',
  '/nowhere/',
  ...lessons,
]

for (const address of pages)
  test(`${address}: accessible in both themes, no wider than any screen, and complete without the internet`, async ({
    browser,
    platform,
  }) => {
    const context = await browser.newContext({ colorScheme: 'light', baseURL: platform.url })
    const page = await context.newPage()
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(platform.url) && !/^(data|blob):/.test(request.url())) outside.push(request.url())
    })
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(address)
    await expect(page.locator('h1')).toBeVisible()
    await accessible(page, 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    // Of all that axe looks at, a theme changes the contrast alone.
    await accessible(page, 'dark', { rules: ['color-contrast'] })
    for (const width of [1440, 768, 390]) {
      await page.setViewportSize({ width, height: 844 })
      await notTooWide(page, `at ${width} pixels`)
    }
    expect(outside).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })

// One of each kind of lab: what a page loads depends on nothing else.
for (const address of ['/architecture/first-commands/', '/layers/cache/', '/production/no-space/'])
  test(`${address} loads at most 60 KB of script before its lab opens`, async ({ page }) => {
    let bytes = 0
    const counted: Promise<void>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        counted.push(response.body().then((body) => void (bytes += gzipSync(body).length)))
    })
    await page.goto(address, { waitUntil: 'networkidle' })
    await Promise.all(counted)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(60 * 1024)
  })

test('a word explains itself to pointer and keyboard, Escape puts that away, and its link leads to all words', async ({
  page,
}) => {
  await page.goto('/isolation/not-a-vm/')
  const word = page.getByRole('link', { name: 'PID 1', exact: true })
  const says = page.getByRole('tooltip').filter({ hasText: 'first process of a container' })
  await expect(says).toBeHidden()
  // Words move once more when their letters come.
  await page.evaluate(() => document.fonts.ready)
  await word.hover()
  await expect(says).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(says).toBeHidden()
  await page.mouse.move(0, 0)
  await word.focus()
  await expect(says).toBeVisible()
  await expect(word).toHaveAccessibleDescription(/first process of a container/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/glossary\/#pid-1$/)
  await expect(page.locator('#pid-1')).toBeInViewport()
})

test('search finds a lesson without the internet', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /search/i }).click()
  await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill('cache')
  await expect(page.getByRole('dialog').getByRole('link', { name: /cache/i }).first()).toBeVisible()
})

test('neither checks nor hints nor solutions nor questions with their answers are in the built site', async () => {
  const built = walk(path.join(repository, 'site/dist')).map((file) => readFileSync(file, 'utf8'))
  expect(built.length).toBeGreaterThan(10)
  const labs = walk(path.join(repository, 'labs')).filter(
    (file) => !file.startsWith(path.join(repository, 'labs/kit/')) && !file.includes('node_modules'),
  )
  // Whole sentences: a piece that was cut at a quote inside one says what any lesson may say.
  const secrets = labs.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('checks.ts'))
      return [...text.matchAll(/expected =\s+(['"`])((?:\\.|(?!\1)[^\\\n]){25,})\1/g)].flatMap(([, , said = '']) =>
        said.includes('${') ? [] : said.replaceAll('\\`', '`'),
      )
    if (file.includes('/solution/') || file.includes('/mistakes/'))
      return text.match(/^# (?:why: )?(.{30,})$/gm)?.map((each) => each.replace(/^# (why: )?/, '')) ?? []
    if (file.endsWith('lab.yaml'))
      return text.match(/text: (['"])(.{30,})\1/g)?.map((each) => each.slice(7, -1).slice(0, 60)) ?? []
    return []
  })
  expect(secrets.length).toBeGreaterThan(500)
  const { quizzes } = await loadQuizzes(path.join(repository, 'lessons'))
  const answers = [...quizzes.values()].flatMap(explanationsOf)
  expect(answers.length).toBeGreaterThan(300)
  const { bank } = await loadBank(repository)
  answers.push(...[...bank.values()].flatMap(explanationsOf))
  secrets.push(...answers)
  expect(secrets.filter((secret) => built.some((text) => text.includes(secret)))).toEqual([])
})

/** Of each explanation and model answer the longest piece that no page would write otherwise, such as a quote; short ones any lesson may say. */
function explanationsOf(quiz: unknown): string[] {
  if (typeof quiz !== 'object' || quiz === null) return []
  return Object.entries(quiz).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') return explanationsOf(value)
    const longest = value.split(/['"`<>&]/).reduce((a, b) => (b.length > a.length ? b : a))
    return ['why', 'model', 'senior'].includes(name) && longest.length >= 40 ? [longest.trim()] : []
  })
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

test('a picture opens large by key, is scrolled by keys, and Escape goes back to where one was', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/architecture/client-and-daemon/')
  const opener = page.getByRole('button', { name: 'Open the picture large' }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  const large = page.getByRole('dialog', { name: 'Picture' })
  await expect(large.getByRole('button', { name: 'Close' })).toBeFocused()
  const words = await large.getByText('dockerd').boundingBox()
  expect(words?.height).toBeGreaterThan(14)
  await accessible(page, 'a picture', { only: 'dialog.large' })
  await page.keyboard.press('Tab')
  const paper = large.getByRole('region', { name: 'Picture, to be scrolled' })
  await expect(paper).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => paper.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await expect(large).toBeHidden()
  await expect(opener).toBeFocused()
})
