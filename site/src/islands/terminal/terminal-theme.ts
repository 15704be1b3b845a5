/** The terminal's colours, read from the page's own variables, so that both change together. */
import type { ITheme } from '@xterm/xterm'

const names = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const

export function readTheme(element: Element): ITheme {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(`--term-${name}`).trim()
  const theme: ITheme = {
    background: read('background'),
    foreground: read('foreground'),
    cursor: read('cursor'),
    cursorAccent: read('background'),
    selectionBackground: read('selection'),
  }
  for (const [i, name] of names.entries()) theme[name] = read(String(i))
  return theme
}

/** Calls back whenever the page turns light or dark; returns how to stop. */
export function onThemeChange(change: () => void): () => void {
  const observer = new MutationObserver(change)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
