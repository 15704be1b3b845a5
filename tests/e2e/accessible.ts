/** What axe says of a page, or of a part of it, once nothing on it fades any more; and whether it is wider than its screen. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

interface Look {
  /** Selector of the part that is looked at; otherwise all of it. */
  only?: string
  /** Selector of what is not ours to say. */
  without?: string
  /** Otherwise all of axe's. */
  rules?: string[]
}

export async function accessible(page: Page, where: string, { only, without, rules }: Look = {}): Promise<void> {
  await settled(page)
  // Only what is wrong is told, and without a second page to put it together, which a third of the time went into; frames of other origins, which
  // then are left out, are not ours to say.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (only !== undefined) axe.include(only)
  if (without !== undefined && (await page.locator(without).count()) > 0) axe.exclude(without)
  if (rules) axe.withRules(rules)
  const { violations } = await axe.analyze()
  expect(violations.map((v) => `${where}: ${v.id} at ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
}

export async function notTooWide(page: Page, where: string): Promise<void> {
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(over, where).toBeLessThanOrEqual(0)
}

/** The theme is the system's, as for everybody who has chosen none; and half-way through a fade, a text has half its contrast. */
async function settled(page: Page): Promise<void> {
  const restless = () =>
    page.evaluate(() => {
      const { theme } = document.documentElement.dataset
      const wanted = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
      const fades = document
        .getAnimations()
        .filter((each) => each.playState === 'running' && each.effect?.getComputedTiming().endTime !== Infinity)
      return fades.length + (theme === undefined || theme === wanted ? 0 : 1)
    })
  await expect.poll(restless, 'what still fades').toBe(0)
}
