/** Types commands of the text into the learner's terminal; starts the lab first when it does not run. */
import { effect } from '@preact/signals'
import { say, startLab } from './lab-actions.ts'
import { conflict, isReady, lab, opening, pane, session } from './store.ts'
import { activeTerminal, terminalHandles, type TerminalHandle } from '../terminal/active-terminal.ts'
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

/** `node`: whose terminal it has to be. */
function whenAttached(commands: string, enter = '\n', node?: string): void {
  let sent = false
  const stop = effect(() => {
    const terminal = activeTerminal.value
    if (sent || !terminal?.connected.value || (node !== undefined && nodeOf(terminal) !== node)) return
    sent = true
    queueMicrotask(() => stop())
    if (!terminal.type(`${commands}${enter}`)) say({ message: 'The terminal is not connected. Try again in a moment.' })
    terminal.focus()
  })
}

const nodeOf = (handle: TerminalHandle) =>
  session.value?.terminals.find(({ id }) => terminalHandles.get(id) === handle)?.node

/** Types a command, on that node if one is named, and leaves Enter to the person, who learns it by looking at it. */
export function typeCommand(command: string, node?: string): void {
  showView('lab')
  wanted.value = node === undefined ? 'terminal' : { node }
  whenAttached(command, '', node)
}
