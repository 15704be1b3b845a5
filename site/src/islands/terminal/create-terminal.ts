/** One xterm on one terminal stream. This file brings xterm with it: import it only when a lab opens. */
import { signal, type ReadonlySignal } from '@preact/signals'
import { FitAddon } from '@xterm/addon-fit'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { TerminalHandle } from './active-terminal.ts'
import { createLeaveKeys } from './leave-keys.ts'
import { TerminalStream } from './terminal-stream.ts'
import { onThemeChange, readTheme } from './terminal-theme.ts'

export interface TerminalStatus {
  state: 'connecting' | 'open' | 'waiting' | 'closed'
  closeCode: number | null
  retryAt: number | null
  /** Set when the shell has ended. */
  exit: { code: number | null } | null
}

export interface OpenTerminal extends TerminalHandle {
  status: ReadonlySignal<TerminalStatus>
  setScreenReader: (on: boolean) => void
  fit: () => void
  close: () => void
}

export interface TerminalOptions {
  element: HTMLElement
  session: string
  terminal: string
  label: string
  screenReader: boolean
  onLeave: () => void
}

const encoder = new TextEncoder()

export function openTerminal({
  element,
  session,
  terminal,
  label,
  screenReader,
  onLeave,
}: TerminalOptions): OpenTerminal {
  const status = signal<TerminalStatus>({ state: 'connecting', closeCode: null, retryAt: null, exit: null })
  const connected = signal(false)
  const style = getComputedStyle(element)
  const term = new Terminal({
    fontFamily: style.getPropertyValue('--font-mono').trim(),
    fontSize: 14,
    lineHeight: 1.2,
    scrollback: 10_000,
    cursorBlink: false,
    theme: readTheme(element),
    minimumContrastRatio: 4.5,
    screenReaderMode: screenReader,
  })
  const fit = new FitAddon()
  term.loadAddon(fit)
  term.loadAddon(new WebLinksAddon((_event, uri) => void window.open(uri, '_blank', 'noopener')))
  term.open(element)
  term.textarea?.setAttribute('aria-label', `${label}. Press Escape twice to leave.`)

  const stream = new TerminalStream(session, terminal, {
    write: (bytes, drawn) => term.write(bytes, drawn),
    reset: () => term.reset(),
    onState: (state, { closeCode, retryInMs }) => {
      connected.value = state === 'open'
      const retryAt = retryInMs === null ? null : Date.now() + retryInMs
      status.value = { ...status.value, state, closeCode, retryAt }
    },
    onExit: (code) => (status.value = { ...status.value, exit: { code } }),
  })

  term.onData((data) => !stream.replaying && stream.input(encoder.encode(data)))
  term.onBinary((data) => !stream.replaying && stream.input(Uint8Array.from(data, (char) => char.charCodeAt(0))))
  term.onResize(({ cols, rows }) => stream.resize(cols, rows))

  const leaves = createLeaveKeys()
  term.attachCustomKeyEventHandler((event) => {
    if (leaves(event)) {
      event.preventDefault()
      onLeave()
      return false
    }
    return !copiesSelection(term, event)
  })

  const refit = () => element.clientWidth > 0 && element.clientHeight > 0 && fit.fit()
  const resizes = new ResizeObserver(refit)
  resizes.observe(element)
  refit()
  stream.resize(term.cols, term.rows)
  const stopTheme = onThemeChange(() => (term.options.theme = readTheme(element)))

  return {
    status,
    connected,
    type: (text) => stream.input(encoder.encode(text.replace(/\r?\n/g, '\r'))),
    focus: () => term.focus(),
    text: () => readBuffer(term),
    setScreenReader: (on) => (term.options.screenReaderMode = on),
    fit: refit,
    close: () => {
      stopTheme()
      resizes.disconnect()
      stream.close()
      term.dispose()
    },
  }
}

/** Ctrl+C copies when something is selected, as in other web pages; without a selection it goes to the shell. */
function copiesSelection(term: Terminal, event: KeyboardEvent): boolean {
  if (event.type !== 'keydown' || !event.ctrlKey || event.code !== 'KeyC' || !term.hasSelection()) return false
  event.preventDefault()
  void navigator.clipboard.writeText(term.getSelection()).catch(() => undefined)
  term.clearSelection()
  return true
}

function readBuffer(term: Terminal): string {
  const buffer = term.buffer.active
  const lines = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? '')
  return lines.join('\n').trimEnd()
}
