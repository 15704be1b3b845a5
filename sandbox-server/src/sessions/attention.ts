/** Whether a session's pages are looked at: browsers say when their tab is hidden. */

export interface OpenPage {
  show(visible: boolean): void
  close(): void
}

/** Milliseconds in which a hidden page that lost its connection may come back. */
const grace = 300_000

export class Attention {
  /** Each open page, and whether it is visible. */
  readonly #pages = new Map<OpenPage, boolean>()
  readonly #onReturn: () => void
  readonly #now: () => number
  #leftHidden = -Infinity

  /** `onReturn`: somebody looks again, after all pages were hidden. */
  constructor(onReturn: () => void, now: () => number) {
    this.#onReturn = onReturn
    this.#now = now
  }

  /** There are pages, or there were just now, and nobody sees one. */
  get hidden(): boolean {
    if (this.#pages.size === 0) return this.#now() - this.#leftHidden < grace
    return ![...this.#pages.values()].includes(true)
  }

  /** One that does not say otherwise is visible. */
  open(): OpenPage {
    const page: OpenPage = {
      show: (visible) => {
        const before = this.hidden
        this.#pages.set(page, visible)
        if (before && visible) this.#onReturn()
      },
      close: () => {
        if (this.hidden) this.#leftHidden = this.#now()
        this.#pages.delete(page)
      },
    }
    page.show(true)
    return page
  }
}
