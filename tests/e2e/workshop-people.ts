/** People of a workshop, each with a browser of their own, and a workshop planned without going through its pages. */
import type { APIResponse, Browser, Page } from '@playwright/test'
import { memberView, workshopView, type MemberView, type WorkshopView } from '@drydock/sandbox-server/contract'
import { expect } from '../harness/browser.ts'
import { accessible as look, notTooWide } from './accessible.ts'

export const narrow = { width: 360, height: 740 }
export const wide = { width: 1280, height: 800 }

export async function accessible(page: Page, where: string): Promise<void> {
  await look(page, where)
  await notTooWide(page, where)
}

export async function person(
  browser: Browser,
  baseURL: string,
  colorScheme: 'dark' | 'light',
  viewport = wide,
): Promise<Page> {
  const context = await browser.newContext({ baseURL, colorScheme, viewport })
  return await context.newPage()
}

interface Server {
  url: string
  instructorLink(): Promise<string>
}

/** An instructor in a dark, wide window, with a workshop of theirs. */
export async function openTeacher(
  browser: Browser,
  server: Server,
  change: object = {},
): Promise<{ teacher: Page; shop: WorkshopView; ask: (path: string, data?: object) => Promise<APIResponse> }> {
  const teacher = await person(browser, server.url, 'dark')
  const post = async (path: string, data: object) => {
    const answer = await teacher.request.post(path, { data, headers: { origin: server.url } })
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
    return answer
  }
  const key = (await server.instructorLink()).replace(/^.*=/, '')
  await post('/api/teach', { key, name: 'Maria Lind' })
  const planned = await post('/api/workshops', {
    ...{ title: 'Docker before lunch', labs: ['architecture/first-commands', 'layers/cache'], zone: 'Europe/Berlin' },
    ...{ starts_at: Date.now() + 60_000, minutes: 180, size: 12, hints_open: true, solutions_open: false },
    ...{ door: 'open', continue_days: 7, ...change },
  })
  const shop = workshopView.parse(await planned.json())
  return { teacher, shop, ask: (path, data = {}) => post(`/api/workshops/${shop.id}${path}`, data) }
}

/** Comes in by the code, without the form. */
export async function joinAs(page: Page, code: string | null, name: string): Promise<MemberView> {
  const origin = new URL(page.url()).origin
  const answer = await page.request.post('/api/join', { data: { code, name }, headers: { origin } })
  expect(answer.ok(), await answer.text()).toBe(true)
  return memberView.parse(await answer.json())
}
