/** The lines of a lesson's text that can be pointed at, counted the same in every browser: what is live on the page is left out. */

const kinds = 'p, li, h2, h3, td, .line'
const live = 'astro-island, .diagram, dialog, button'

export function listLines(page: ParentNode): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>(`.sl-markdown-content :is(${kinds})`)].filter(
    (each) => !each.closest(live) && !each.querySelector(kinds) && textOf(each) !== '',
  )
}

export const textOf = (line: HTMLElement): string => line.textContent.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
