/** Makes the text's buttons work, those of code blocks and those that lead to the X-ray: they are plain HTML and carry what they are about. */
import { effect } from '@preact/signals'
import { runInTerminal } from './run-in-terminal.ts'
import { pane } from './store.ts'
import { showView } from './view-switch.ts'
import { focus, wanted } from '../workspace/show-view.ts'

/** States in which a command can be run, at once or after a start. */
const runnable = new Set(['ready', 'offer', 'starting', 'queueing', 'ended'])

export function listenToCodeBlocks(): () => void {
  const onClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button?.dataset['xray'] !== undefined) {
      showView('lab')
      wanted.value = 'xray'
      focus.value = button.dataset['xray']
    }
    const text = button?.matches('[data-run]') ? button.closest<HTMLElement>('[data-text]')?.dataset['text'] : undefined
    if (text !== undefined) runInTerminal(text)
  }
  document.addEventListener('click', onClick)
  const stop = effect(() => {
    const hidden = !runnable.has(pane.value.name)
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-run]')) button.hidden = hidden
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-xray]'))
      button.hidden = pane.value.name !== 'ready'
  })
  return () => {
    stop()
    document.removeEventListener('click', onClick)
  }
}
