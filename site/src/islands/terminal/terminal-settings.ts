/** How terminals look and what programs in them may do, for this browser: size of the letters, colours of the highest contrast, the clipboard. */
import { signal } from '@preact/signals'
import { recall, remember } from '../client/storage.ts'

export const fontSizes = { least: 9, usual: 14, most: 28 } as const
const keys = {
  fontSize: 'drydock-terminal-font',
  contrast: 'drydock-terminal-contrast',
  copy: 'drydock-terminal-copy',
} as const

const bounded = (size: number) =>
  Number.isFinite(size) ? Math.min(fontSizes.most, Math.max(fontSizes.least, Math.round(size))) : fontSizes.usual

export const fontSize = signal(bounded(Number(recall(keys.fontSize) ?? fontSizes.usual)))
export const highContrast = signal(
  recall(keys.contrast) === null
    ? typeof matchMedia !== 'undefined' && matchMedia('(prefers-contrast: more)').matches
    : recall(keys.contrast) === 'on',
)

export function changeFontSize(by: number): void {
  fontSize.value = by === 0 ? fontSizes.usual : bounded(fontSize.value + by)
  remember(keys.fontSize, String(fontSize.value))
}

export function toggleContrast(): void {
  highContrast.value = !highContrast.value
  remember(keys.contrast, highContrast.value ? 'on' : 'off')
}

/** Whether programs in a terminal may fill the clipboard. */
const copying = ['ask', 'always', 'never'] as const
export type ProgramsCopy = (typeof copying)[number]

const chosen = signal<ProgramsCopy>(copying.find((each) => each === recall(keys.copy)) ?? 'ask')
export const programsCopy = {
  get value() {
    return chosen.value
  },
  set(value: ProgramsCopy) {
    chosen.value = value
    remember(keys.copy, value)
  },
  next: () => programsCopy.set(copying[(copying.indexOf(chosen.value) + 1) % copying.length] ?? 'ask'),
}
