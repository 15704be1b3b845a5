/** An xterm on somebody else's terminal: in their size, read only until they agree that one types. Brings xterm with it. */
import { effect, signal, type ReadonlySignal } from '@preact/signals'
import { Terminal } from '@xterm/xterm'
import type { SocketState } from '../client/reconnecting-socket.ts'
import { gateGraphemes } from './graphemes.ts'
import { createLeaveKeys } from './leave-keys.ts'
import { fontSize } from './terminal-settings.ts'
import { TerminalStream } from './terminal-stream.ts'
import { onThemeChange, readTheme } from './terminal-theme.ts'
import { readTranscript } from './transcript-text.ts'

export interface WatchedTerminal {
  status: ReadonlySignal<{ state: SocketState; closeCode: number | null; ended: boolean }>
  setTyping: (may: boolean) => void
  focus: () => void
  text: () => string
  close: () => void
}

export interface WatchOptions {
  element: HTMLElement
  /** Of its socket, below `/api`. */
  path: string
  label: string
  onLeave: () => void
}

const encoder = new TextEncoder()

export function watchTerminal({ element, path, label, onLeave }: WatchOptions): WatchedTerminal {
  const status = signal<{ state: SocketState; closeCode: number | null; ended: boolean }>({
    ...{ state: 'connecting', closeCode: null, ended: false },
  })
  const term = new Terminal({
    fontFamily: getComputedStyle(element).getPropertyValue('--font-mono').trim(),
    ...{ lineHeight: 1.2, scrollback: 5000, cursorBlink: false, disableStdin: true, minimumContrastRatio: 4.5 },
    allowProposedApi: true,
  })
  term.open(element)
  term.textarea?.setAttribute('aria-label', `${label}. Press Escape twice to leave.`)
  muteAnswers(term)
  const write = gateGraphemes(term)
  const stream = new TerminalStream(path, {
    write,
    reset: (modes) => {
      term.reset()
      for (const mode of modes) term.write(`\x1b[?${Math.abs(mode)}${mode > 0 ? 'h' : 'l'}`)
    },
    onSize: (cols, rows) => term.resize(cols, rows),
    onState: (state, { closeCode }) => (status.value = { ...status.peek(), state, closeCode }),
    onExit: () => (status.value = { ...status.peek(), ended: true }),
  })
  term.onData((data) => void stream.input(encoder.encode(data)))
  const leaves = createLeaveKeys()
  term.attachCustomKeyEventHandler((event) => {
    // Tab goes on to the next control while there is nothing to type into.
    if (!leaves(event)) return term.options.disableStdin !== true
    event.preventDefault()
    onLeave()
    return false
  })
  const look = () => {
    term.options.theme = readTheme(element)
    term.options.fontSize = fontSize.value
  }
  const stops = [effect(look), onThemeChange(look)]
  return {
    status,
    setTyping: (may) => (term.options.disableStdin = !may),
    focus: () => term.focus(),
    text: () => readTranscript(term),
    close: () => {
      stops.forEach((stop) => stop())
      stream.close()
      term.dispose()
    },
  }
}

/** What a program asks of a terminal (who are you, where is the cursor?) is answered by its owner's alone: a second answer would be typed into the shell. */
function muteAnswers({ parser }: Terminal): void {
  for (const id of [
    { final: 'c' },
    { prefix: '>', final: 'c' },
    { final: 'n' },
    { prefix: '?', final: 'n' },
    { intermediates: '$', final: 'p' },
    { prefix: '?', intermediates: '$', final: 'p' },
    { final: 't' },
  ])
    parser.registerCsiHandler(id, () => true)
  for (const code of [4, 10, 11, 12]) parser.registerOscHandler(code, (data) => data.includes('?'))
  parser.registerOscHandler(52, () => true)
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true)
}
