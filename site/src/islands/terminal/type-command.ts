/** Types what the page proposes into the learner's terminal, once there is one. */
import { effect } from '@preact/signals'
import { say } from '../lab/say.ts'
import { session } from '../lab/store.ts'
import { showView } from '../lab/view-switch.ts'
import { wanted } from '../workspace/show-view.ts'
import { activeTerminal, terminalHandles, type TerminalHandle } from './active-terminal.ts'

/** Types as soon as there is a terminal to type into. `node`: whose it has to be. */
export function whenAttached(commands: string, enter = '\n', node?: string): void {
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
