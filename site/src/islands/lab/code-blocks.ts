/** Makes the buttons of code blocks work: they are plain HTML in the text and carry what they copy or run. */
import { effect } from '@preact/signals'
import { runInTerminal } from './run-in-terminal.ts'
import { pane } from './store.ts'

/** States in which a command can be run, at once or after a start. */
const runnable = new Set(['ready', 'offer', 'starting', 'queueing', 'ended'])

export function listenToCodeBlocks(): () => void {
  const onClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-run]') : null
    const text = button?.closest<HTMLElement>('[data-text]')?.dataset['text']
    if (text !== undefined) runInTerminal(text)
  }
  document.addEventListener('click', onClick)
  const stop = effect(() => {
    const hidden = !runnable.has(pane.value.name)
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-run]')) button.hidden = hidden
  })
  return () => {
    stop()
    document.removeEventListener('click', onClick)
  }
}
