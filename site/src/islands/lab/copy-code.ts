/** Makes the copy buttons of code blocks work, on every page with code. */
import { copyText } from './copy-text.ts'

export function listenToCopy(): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-copy-code]') : null
    const text = button?.closest<HTMLElement>('[data-text]')?.dataset['text']
    if (button && text !== undefined) void copyText(text, button)
  })
}
