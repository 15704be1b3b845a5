/** The divider between lesson and lab as a custom element: dragged, moved by arrow keys, reset by a double click, remembered. */
import { recall, remember } from '../client/storage.ts'
import { clampSplit, moveSplit, splitLimits } from './split-state.ts'

const key = 'drydock-split'

class SplitElement extends HTMLElement {
  connectedCallback(): void {
    this.#show(clampSplit(Number(recall(key) ?? splitLimits.normal)))
    this.addEventListener('pointerdown', (event) => this.#drag(event))
    this.addEventListener('dblclick', () => this.#move(splitLimits.normal))
    this.addEventListener('keydown', (event) => {
      const next = moveSplit(this.#now, event.key)
      if (next === undefined) return
      event.preventDefault()
      this.#move(next)
    })
  }

  #now: number = splitLimits.normal

  #drag(event: PointerEvent): void {
    const box = this.closest('.workbench')?.getBoundingClientRect()
    if (!box || event.button !== 0) return
    event.preventDefault()
    this.focus()
    this.setPointerCapture(event.pointerId)
    this.dataset['dragging'] = ''
    const follow = (e: PointerEvent) => this.#show(clampSplit(((e.clientX - box.left) / box.width) * 100))
    const drop = () => {
      delete this.dataset['dragging']
      this.removeEventListener('pointermove', follow)
      this.#move(this.#now)
    }
    this.addEventListener('pointermove', follow)
    this.addEventListener('lostpointercapture', drop, { once: true })
  }

  #move(percent: number): void {
    this.#show(percent)
    remember(key, String(percent))
  }

  #show(percent: number): void {
    this.#now = percent
    this.setAttribute('aria-valuenow', String(Math.round(percent)))
    document.documentElement.style.setProperty('--split', `${percent}%`)
  }
}

export function defineSplit(): void {
  if (!customElements.get('drydock-split')) customElements.define('drydock-split', SplitElement)
}
