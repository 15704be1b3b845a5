/** Runs commands of the text in the learner's terminal; starts the lab first when it does not run. */
import { effect } from '@preact/signals'
import { startLab } from './lab-actions.ts'
import { conflict, isReady, lab, opening, pane, session } from './store.ts'
import { whenAttached } from '../terminal/type-command.ts'
import { showView } from './view-switch.ts'
import { wanted } from '../workspace/show-view.ts'

let waiting: (() => void) | undefined

export function runInTerminal(commands: string): void {
  showView('lab')
  wanted.value = 'terminal'
  waiting?.()
  if (isReady.value) return whenAttached(commands)
  if (!session.value && !opening.value) {
    if (pane.value.name !== 'offer' && pane.value.name !== 'ended') return
    void startLab({ resume: lab.value?.kept != null })
  }
  // Forgotten when the start fails or turns into a question.
  let started = false
  const stop = effect(() => {
    if (isReady.value) {
      queueMicrotask(() => waiting?.())
      whenAttached(commands)
    } else if (started && !session.value && (conflict.value || pane.value.name === 'offer'))
      queueMicrotask(() => waiting?.())
    started ||= opening.value || session.value !== null
  })
  waiting = () => {
    waiting = undefined
    stop()
  }
}
