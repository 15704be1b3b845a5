/** The terminal that "run in terminal" types into and that tests read. Small and always loaded; xterm itself comes later. */
import { signal, type ReadonlySignal } from '@preact/signals'

export interface TerminalHandle {
  connected: ReadonlySignal<boolean>
  /** Types text as a person would, line by line; false when there is no connection. */
  type: (text: string) => boolean
  focus: () => void
  /** Everything in the buffer, scrollback included, one line of the screen a line. */
  text: () => string
}

/** What is opened at the moment, by terminal id. */
export const terminalHandles = new Map<string, TerminalHandle & { begin: () => void }>()

export const activeTerminal = signal<TerminalHandle | null>(null)

declare global {
  interface Window {
    /** For tests and for the curious: the text of the active terminal with its scrollback, empty when there is none. Reads, changes nothing. */
    __drydock_terminal?: () => string
  }
}

export function installTestHook(): void {
  window.__drydock_terminal = () => activeTerminal.value?.text() ?? ''
}
