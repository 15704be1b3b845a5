/**
 * Every state of the lab pane, put there by a mock server over the built site: each is reached, has no accessibility violation in
 * dark and wide or light and narrow, throws nothing, and asks nothing of other hosts.
 */
import { expect, test, type Page } from '@playwright/test'
import path from 'node:path'
import { startMock, type Mock } from '../../../site/test/mock/mock-server.ts'
import type { Order } from '../../../site/test/mock/scene.ts'
import { accessible } from '../accessible.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const lesson = '/architecture/first-commands/'

interface State {
  /** Of the page, when it is not the lesson's. */
  address?: string
  scene?: Order['scene']
  act?: (page: Page, mock: Mock) => Promise<void>
  /** What a person sees then. */
  sees: string | RegExp
}

const press = async (page: Page) => {
  await page.getByRole('button', { name: 'Start the lab' }).click()
}
const start = async (page: Page) => {
  await press(page)
  await expect.poll(() => page.evaluate(() => window.__drydock_terminal?.() ?? '')).toContain('root@node1')
}
/** `order`: made when it is given, because it may name a time. */
const then = (order: () => Order) => async (page: Page, mock: Mock) => {
  await start(page)
  mock.direct(order())
}

const states: Record<string, State> = {
  offer: { sees: 'Start the lab' },
  'kept work': {
    scene: { kept: { at: Date.now() - 86_400_000, bytes: 48_000, tasks: ['hello'] } },
    sees: 'Continue where you were',
  },
  'no server': { scene: { server: 'none' }, sees: 'npm start' },
  'server down': { scene: { server: 'down' }, sees: 'The server does not answer' },
  building: {
    scene: { available: { state: 'building', reason: 'Two of three images are there.' } },
    sees: 'Two of three images',
  },
  unsupported: {
    scene: { available: { state: 'unsupported', reason: 'No memory limits here.' } },
    sees: 'No memory limits here.',
  },
  conflict: {
    scene: { other: { session: 'x', lab: 'layers/cache' } },
    act: press,
    sees: 'You have another lab running',
  },
  'engine unavailable': {
    scene: { start_error: 'ENGINE_UNAVAILABLE' },
    act: press,
    sees: 'The lab engine does not answer',
  },
  queueing: {
    scene: { start_ms: null, starting: { progress: null, queue_place: 3, queue_latest: Date.now() + 12 * 60_000 } },
    act: press,
    sees: 'Place 3 in the queue',
  },
  'access code': {
    scene: { access_code: 'harbour-42' },
    act: press,
    sees: 'This server asks for a code',
  },
  'wrong access code': {
    scene: { access_code: 'harbour-42' },
    act: async (page) => {
      await press(page)
      await page.getByLabel('Access code').fill('harbor')
      await page.getByRole('button', { name: 'Start the lab' }).click()
    },
    sees: 'That is not the access code',
  },
  starting: { scene: { start_ms: null }, act: press, sees: 'Claiming a machine' },
  ready: { act: start, sees: 'Screen reader' },
  disconnected: { act: then(() => ({ do: 'down' })), sees: 'Not connected. Your shell goes on' },
  'engine lost': {
    act: then(() => ({ engine: { up: false, message: 'The engine of node1 is silent.' } })),
    sees: 'The engine of node1 is silent.',
  },
  'being set up': { act: then(() => ({ session: { setting_up: true } })), sees: 'is still being started' },
  expiring: {
    act: then(() => ({ session: { state: 'expiring', deadline: Date.now() + 200_000 } })),
    sees: 'This lab ends in',
  },
  'shell ended': {
    act: async (page) => {
      await start(page)
      await expect(page.locator('.xterm-helper-textarea')).toBeFocused()
      await page.keyboard.type('exit\r')
    },
    sees: 'This shell has ended',
  },
  playground: { address: '/play/', sees: 'Start the playground' },
  'playground from a link': {
    address: `/play/#nodes=2&Dockerfile=${encodeURIComponent('FROM busybox:1.37\n')}`,
    sees: 'Start with them',
  },
  'playground from a bad link': { address: '/play/#..%2Fx=1', sees: 'This link cannot be used' },
  'playground that runs': {
    address: '/play/',
    act: async (page) => page.getByRole('button', { name: 'Start the playground' }).click(),
    sees: 'Screen reader',
  },
  'playground that ended': {
    address: '/play/',
    act: async (page, mock) => {
      await page.getByRole('button', { name: 'Start the playground' }).click()
      await expect(page.locator('[data-pane=ready]')).toBeVisible()
      mock.direct({ do: 'gone', reason: 'The time was up.' })
    },
    sees: 'Choose the machines anew',
  },
  ended: { act: then(() => ({ do: 'gone', reason: 'The time was up.' })), sees: 'Continue from there' },
  failed: {
    scene: { start_ms: null },
    act: async (page, mock) => {
      await press(page)
      await expect(page.locator('[data-pane=starting]')).toBeVisible()
      mock.direct({ session: { state: 'failed', reason: 'The machine did not boot.' } })
    },
    sees: 'The machine did not boot.',
  },
}

const looks = [
  { name: 'wide, dark', size: { width: 1440, height: 900 }, scheme: 'dark' },
  { name: 'narrow, light', size: { width: 390, height: 844 }, scheme: 'light' },
] as const

let mock: Mock
test.beforeAll(async () => {
  mock = await startMock(path.join(root, 'site/dist'), path.join(root, 'labs'))
})
test.afterAll(() => mock.close())

for (const [name, state] of Object.entries(states))
  test(`${name}: reached, accessible, on its own`, async ({ browser }) => {
    for (const { name: look, size, scheme } of looks) {
      mock.direct({ do: 'clear' })
      mock.direct({ scene: state.scene ?? {} })
      const context = await browser.newContext({ viewport: size, colorScheme: scheme })
      const page = await context.newPage()
      const wrong: string[] = []
      page.on('pageerror', (error) => wrong.push(error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(mock.url) && !request.url().startsWith('data:')) wrong.push(request.url())
      })
      await page.goto(mock.url + (state.address ?? lesson))
      const tab = page.getByRole('button', { name: /^Lab/ })
      if (await tab.isVisible()) await tab.click()
      await state.act?.(page, mock)
      await expect(page.getByText(state.sees).locator('visible=true').first(), look).toBeVisible()
      await accessible(page, look)
      expect(wrong, look).toEqual([])
      await context.close()
    }
  })
