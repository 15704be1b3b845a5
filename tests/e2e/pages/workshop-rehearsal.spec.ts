/** What a rehearsal's part of the page says in each of its states; without an engine, the server's own answer among them. */
import type { Page } from '@playwright/test'
import { rehearsal, type Rehearsal } from '@drydock/sandbox-server/contract'
import { expect, pageTest as test } from '../../harness/browser.ts'
import { accessible, narrow, openTeacher } from '../workshop-people.ts'

// Several pages at once: recording them takes longer than the test.
test.use({ trace: 'off' })

const none: Rehearsal = {
  ...{ state: 'running', began_at: 0, wanted: 12, started: 0, failed: 0, lab: 'layers/cache' },
  ...{ half_ms: null, all_ms: null, start_p95_ms: null, command_p95_ms: null, memory: null, room: null },
  ...{ holds: null, bottleneck: null, says: null },
}
const figures = { half_ms: 4200, all_ms: 9800, start_p95_ms: 1900, command_p95_ms: 2300, memory: 640_000_000, room: 9 }

/** What the server says from now on, or once it was told to stop; null: that there was none. */
function stage(page: Page) {
  const made = (next: Partial<Rehearsal> | null) => next && { ...none, began_at: Date.now(), ...next }
  let now: Rehearsal | null = null
  let stopped: Rehearsal | null = null
  const at = page.route('**/api/workshops/*/rehearsal', (route) => {
    if (route.request().method() === 'DELETE') now = stopped
    return now ? route.fulfill({ json: rehearsal.parse(now) }) : route.fulfill({ status: 204 })
  })
  return {
    at,
    say: (next: Partial<Rehearsal> | null) => void (now = made(next)),
    // The page asks again and again: what is true once it was stopped must not be said before.
    sayOnceStopped: (next: Partial<Rehearsal>) => void (stopped = made(next)),
  }
}

test('none yet, running, stopped, holding, too small, refused, and gone with the server', async ({
  browser,
  platform,
}) => {
  const { teacher, shop } = await openTeacher(browser, platform)
  const part = teacher.getByRole('region', { name: 'Rehearse' })
  const press = (name: string) => part.getByRole('button', { name }).click()
  await teacher.goto(`/teach/workshop/?id=${shop.id}#join`)
  // The real server, which has no engine here.
  await press('Rehearse now')
  await expect(teacher.locator('.desk > .said.is-bad')).toContainText('The lab engine does not answer')

  const { at, say, sayOnceStopped } = stage(teacher)
  await at
  say(null)
  await expect(part.getByRole('table')).toHaveCount(0)
  say({ started: 5, half_ms: 4200 })
  await press('Rehearse now')
  await expect(part).toContainText('Labs started5 of 12')
  await expect(part).toContainText(/Running for \d+ s …/)
  say({ started: 9, failed: 1, half_ms: 4200 })
  await expect(part).toContainText('9 of 12, 1 could not')
  sayOnceStopped({ state: 'stopped', started: 9, says: 'The rehearsal was ended before it could say anything.' })
  await press('Stop it')
  await expect(part.locator('.said')).toHaveText('The rehearsal was ended before it could say anything.')
  await expect(part.locator('.is-bad, .is-good')).toHaveCount(0)

  const good = { ...figures, started: 12, holds: true, bottleneck: 'none', says: 'All 12 labs run.' } as const
  say({ ...good, state: 'clearing' })
  await press('Rehearse again')
  await expect(part.locator('.said.is-good')).toHaveText('All 12 labs run.')
  await expect(part).toContainText('Its labs are being removed.')
  await expect(part.getByRole('button')).toHaveCount(0)
  say({ ...good, state: 'done' })
  await expect(part).not.toContainText('being removed')
  await expect(part.locator('.said.is-good')).toHaveText('All 12 labs run.')
  await expect(part).toContainText('All have it after9.8 s')
  await expect(part).toContainText('Memory640.0 MB')
  const short = 'The other 5 would wait in a queue. Raise DRYDOCK_MAX_SESSIONS.'
  say({ ...figures, state: 'done', started: 7, all_ms: null, holds: false, bottleneck: 'places', says: short })
  await teacher.emulateMedia({ colorScheme: 'light' })
  await teacher.setViewportSize(narrow)
  await press('Rehearse again')
  await expect(part.locator('.said.is-bad')).toHaveText(short)
  await expect(part).not.toContainText('All have it after')
  await accessible(teacher, 'a rehearsal')
  await part.scrollIntoViewIfNeeded()

  say({ started: 1 })
  await press('Rehearse again')
  await expect(part.getByRole('button', { name: 'Stop it' })).toBeVisible()
  say(null)
  await expect(teacher.locator('.desk > .said.is-bad')).toContainText('The server was started anew')
  await expect(part.getByRole('button', { name: 'Rehearse now' })).toBeVisible()
  await teacher.context().close()
})
