/** One xterm on one terminal stream. This file brings xterm with it: import it only when a lab opens. */
import { effect, signal, type ReadonlySignal } from '@preact/signals'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { TerminalHandle } from './active-terminal.ts'
import { writeClipboard } from '../client/write-clipboard.ts'
import { readClipboardWish } from './clipboard-wish.ts'
import { decideClipboardKey, decidePaste, readPlatform } from './clipboard-keys.ts'
import { gateGraphemes } from './graphemes.ts'
import { createLeaveKeys } from './leave-keys.ts'
import { fontSize, highContrast } from './terminal-settings.ts'
import { TerminalStream } from './terminal-stream.ts'
import { onThemeChange, readTheme } from './terminal-theme.ts'
import { readTranscript } from './transcript-text.ts'

export interface TerminalStatus {
  state: 'connecting' | 'open' | 'waiting' | 'closed'
  closeCode: number | null
  /** Of the attempt that is waited for or, until it is decided, under way. */
  retryAt: number | null
  /** Set when the shell has ended. */
  exit: { code: number | null } | null
  /** Bytes that were typed and wait for the line. */
  waiting: number
}

export interface OpenTerminal extends TerminalHandle {
  status: ReadonlySignal<TerminalStatus>
  setScreenReader: (on: boolean) => void
  fit: () => void
  /** Pastes without a question. */
  paste: (text: string) => void
  search: (text: string, direction: 'next' | 'previous', as: { typing: boolean }) => boolean
  endSearch: () => void
  /** Forgets what was typed while the line was down. */
  discard: () => void
  /** A new shell in this place, after the last one has ended. */
  begin: () => void
  close: () => void
}

export interface TerminalOptions {
  element: HTMLElement
  /** Of its socket, below `/api`. */
  path: string
  label: string
  screenReader: boolean
  onLeave: () => void
  onFocus: () => void
  /** A key of ours was pressed. */
  onCommand: (command: 'find' | 'help') => void
  /** Several lines are to be pasted, or too much: the person decides. */
  onPaste: (text: string, what: 'ask' | 'too long') => void
  /** A program wants this on the clipboard, while one types here. */
  onCopy: (wish: { text: string } | 'too long') => void
}

const encoder = new TextEncoder()

export function openTerminal(options: TerminalOptions): OpenTerminal {
  const { element, path, label, screenReader } = options
  const status = signal<TerminalStatus>({ state: 'connecting', closeCode: null, retryAt: null, exit: null, waiting: 0 })
  const connected = signal(false)
  const style = getComputedStyle(element)
  const term = new Terminal({
    fontFamily: style.getPropertyValue('--font-mono').trim(),
    fontSize: fontSize.peek(),
    lineHeight: 1.2,
    scrollback: 10_000,
    cursorBlink: false,
    theme: readTheme(element),
    screenReaderMode: screenReader,
    // Searching marks its finds, and wide characters are measured: both are "proposed" in xterm.
    allowProposedApi: true,
  })
  const fit = new FitAddon()
  const search = new SearchAddon()
  term.loadAddon(fit)
  term.loadAddon(search)
  term.loadAddon(new WebLinksAddon((_event, uri) => void window.open(uri, '_blank', 'noopener')))
  term.open(element)
  term.textarea?.setAttribute('aria-label', `${label}. Press Escape twice to leave.`)
  term.textarea?.addEventListener('focus', options.onFocus)

  const write = gateGraphemes(term)
  const change = (part: Partial<TerminalStatus>) => (status.value = { ...status.value, ...part })
  let stream = connect()
  function connect(): TerminalStream {
    return new TerminalStream(path, {
      write,
      reset: (modes) => {
        term.reset()
        for (const mode of modes) term.write(`\x1b[?${Math.abs(mode)}${mode > 0 ? 'h' : 'l'}`)
      },
      // A program that fills the screen draws all of it when its size changes: what it drew long ago may be lost.
      onReplayed: (anew) => anew && term.buffer.active.type === 'alternate' && nudge(),
      onWaiting: (waiting) => waiting !== status.peek().waiting && change({ waiting }),
      onState: (state, { closeCode, retryInMs }) => {
        connected.value = state === 'open'
        change({ state, closeCode, retryAt: retryInMs === null ? null : Date.now() + retryInMs })
      },
      onExit: (code) => change({ exit: { code } }),
    })
  }
  const nudge = () => {
    stream.resize(term.cols, Math.max(2, term.rows - 1))
    setTimeout(() => stream.resize(term.cols, term.rows), 50)
  }

  term.parser.registerOscHandler(52, (data) => {
    const wish = readClipboardWish(data)
    // Not what was asked for long ago, nor what a terminal asks for that nobody is at.
    const here = document.hasFocus() && document.activeElement === term.textarea
    if (wish && here && !stream.replaying) options.onCopy(wish)
    return true
  })
  term.onData((data) => !stream.replaying && stream.input(encoder.encode(data)))
  term.onBinary((data) => !stream.replaying && stream.input(Uint8Array.from(data, (char) => char.charCodeAt(0))))
  term.onResize(({ cols, rows }) => stream.resize(cols, rows))

  const platform = readPlatform()
  const leaves = createLeaveKeys()
  term.attachCustomKeyEventHandler((event) => {
    if (leaves(event)) {
      event.preventDefault()
      options.onLeave()
      return false
    }
    const command = decideCommand(event)
    if (command) {
      event.preventDefault()
      options.onCommand(command)
      return false
    }
    const meaning = decideClipboardKey(event, platform, term.hasSelection())
    if (meaning === 'copy') {
      event.preventDefault()
      if (term.hasSelection()) void writeClipboard(term.getSelection()).catch(() => undefined)
      term.clearSelection()
    }
    return meaning === 'shell'
  })
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const what = decidePaste(text)
    if (what === 'paste') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (what !== 'nothing') options.onPaste(text, what)
  }
  element.addEventListener('paste', onPaste, { capture: true })
  // On Linux the browser pastes what was selected last; elsewhere nobody does, and people who know it expect it.
  const onMiddle = (event: MouseEvent) => {
    if (event.button !== 1 || platform === 'other' || !term.hasSelection()) return
    event.preventDefault()
    term.paste(term.getSelection())
  }
  element.addEventListener('auxclick', onMiddle)

  const refit = () => element.clientWidth > 0 && element.clientHeight > 0 && fit.fit()
  const resizes = new ResizeObserver(refit)
  resizes.observe(element)
  refit()
  stream.resize(term.cols, term.rows)
  const look = () => {
    element.toggleAttribute('data-contrast', highContrast.value)
    term.options.theme = readTheme(element)
    term.options.minimumContrastRatio = highContrast.value ? 7 : 4.5
    term.options.fontSize = fontSize.value
    refit()
  }
  const stops = [effect(look), onThemeChange(look)]

  return {
    status,
    connected,
    type: (text) => stream.input(encoder.encode(text.replace(/\r?\n/g, '\r'))),
    focus: () => term.focus(),
    text: () => readTranscript(term),
    setScreenReader: (on) => (term.options.screenReaderMode = on),
    fit: refit,
    paste: (text) => term.paste(text),
    search: (text, direction, { typing }) => {
      const found = { decorations, incremental: typing && direction === 'next' }
      return direction === 'next' ? search.findNext(text, found) : search.findPrevious(text, found)
    },
    endSearch: () => {
      search.clearDecorations()
      term.clearSelection()
    },
    discard: () => stream.discard(),
    begin: () => {
      stream.close()
      change({ state: 'connecting', closeCode: null, retryAt: null, exit: null, waiting: 0 })
      stream = connect()
      stream.resize(term.cols, term.rows)
      term.focus()
    },
    close: () => {
      stops.forEach((stop) => stop())
      resizes.disconnect()
      element.removeEventListener('paste', onPaste, { capture: true })
      element.removeEventListener('auxclick', onMiddle)
      stream.close()
      term.dispose()
    },
  }
}

const decorations = {
  matchBackground: '#6b5200',
  matchOverviewRuler: '#ffc53d',
  activeMatchBackground: '#b07d00',
  activeMatchColorOverviewRuler: '#ffc53d',
}

function decideCommand(event: KeyboardEvent): 'find' | 'help' | null {
  if (event.type !== 'keydown' || event.altKey || !(event.ctrlKey || event.metaKey)) return null
  if (event.shiftKey && event.code === 'KeyF') return 'find'
  return event.shiftKey && (event.code === 'Slash' || event.key === '?') ? 'help' : null
}
