/** What the built site must not hold (checks, hints, solutions) and must not weigh (JavaScript of a lesson before its lab opens). */
import { expect, test } from '@playwright/test'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { startMock } from '../../site/test/mock/mock-server.ts'

const root = path.resolve(import.meta.dirname, '../..')
const dist = path.join(root, 'site/dist')
const lessonPage = '/layers/cache/'

test('holds no hint, no check and no solution', () => {
  const labs = globSync('labs/*/*/lab.yaml', { cwd: root })
  expect(labs.length).toBeGreaterThan(0)
  const secrets = labs.flatMap((file) => {
    const lab = parse(readFileSync(path.join(root, file), 'utf8')) as { tasks: { hints?: { text: string }[] }[] }
    const why = globSync('solution/*.sh', { cwd: path.join(root, path.dirname(file)) }).flatMap((script) =>
      readFileSync(path.join(root, path.dirname(file), script), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('# ')),
    )
    const hints = lab.tasks.flatMap((task) => task.hints ?? []).map((hint) => hint.text)
    // A whole line of ours, long enough that a lesson would not say it by chance.
    return [...hints, ...why].filter((text) => text.length > 60)
  })
  expect(secrets.length).toBeGreaterThan(labs.length)
  const files = globSync('**/*.{html,js,json}', { cwd: dist }).map((file) =>
    readFileSync(path.join(dist, file), 'utf8'),
  )
  expect(files.length).toBeGreaterThan(5)
  const plain = (text: string) => text.replace(/&[a-z#0-9]+;|[^A-Za-z0-9]+/g, '')
  const built = files.map(plain).join('\n')
  expect(secrets.filter((text) => built.includes(plain(text)))).toEqual([])
  expect(files.filter((text) => /@drydock\/kit|checks\.ts/.test(text))).toEqual([])
})

test('a lesson page weighs at most 60 KB of JavaScript before a lab opens', async ({ page }) => {
  const mock = await startMock(dist, path.join(root, 'labs'))
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body, { level: 6 }).length))
  })
  await page.goto(mock.url + lessonPage, { waitUntil: 'networkidle' })
  const inline = await page.evaluate(() =>
    [...document.scripts]
      .filter((s) => s.src === '')
      .map((s) => s.textContent)
      .join(),
  )
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, gzipSync(inline).length)
  mock.close()
  expect(sizes.length).toBeGreaterThan(3)
  expect(total).toBeLessThanOrEqual(60_000)
  console.log(`lesson page before a lab: ${total} bytes of JavaScript, gzip`)
})
