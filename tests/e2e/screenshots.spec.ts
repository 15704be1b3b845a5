/** The pictures of the README, taken from the product itself. They are written with UPDATE_SCREENSHOTS=1 and only looked at otherwise. */
import { expect, test } from '../harness/browser.ts'
import { endLab, startLab } from './lab-page.ts'
import { shot } from './shot.ts'

const views = [
  { name: 'landing', address: '/', colorScheme: 'light', width: 1280, height: 800 },
  { name: 'lesson-light', address: '/architecture/first-commands/', colorScheme: 'light', width: 1280, height: 800 },
  { name: 'lesson-dark', address: '/layers/cache/', colorScheme: 'dark', width: 1280, height: 800 },
  { name: 'lesson-narrow', address: '/isolation/cgroups/', colorScheme: 'light', width: 390, height: 800 },
] as const

for (const { name, address, colorScheme, width, height } of views)
  test(name, async ({ browser, platform }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, baseURL: platform.url })
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'networkidle' })
    expect((await page.screenshot(shot(name))).length).toBeGreaterThan(10_000)
    await context.close()
  })

test('a finished lab', async ({ browser, platform }) => {
  const context = await browser.newContext({
    colorScheme: 'dark',
    viewport: { width: 1280, height: 800 },
    baseURL: platform.url,
  })
  const page = await context.newPage()
  const lab = await startLab(page, 'architecture/first-commands')
  await lab.type('docker run --name hello busybox:1.37 echo ahoy; docker run -d --name web -p 8080:80 nginx:1.26')
  await lab.task('hello', 'done')
  await lab.task('publish', 'done')
  await lab.type(
    `docker exec web sh -c 'echo "<h1>Ahoy</h1>" > /usr/share/nginx/html/index.html'; curl -s localhost:8080; curl -s localhost:8080/treasure >/dev/null; until docker logs web 2>&1 | grep -q treasure; do sleep 0.1; done; docker logs web > web.log 2>&1`,
  )
  await lab.task('page', 'done')
  await lab.task('log', 'done')
  await lab.type('docker stop web')
  await lab.task('stop', 'done')
  await lab.type('docker rm hello web')
  await lab.task('clean', 'done')
  expect((await page.screenshot(shot('finished'))).length).toBeGreaterThan(10_000)
  await endLab(page)
  await context.close()
})
