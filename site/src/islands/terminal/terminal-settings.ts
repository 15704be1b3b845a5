/** How terminals look, for this browser: size of the letters, and colours of the highest contrast. */
import { signal } from '@preact/signals'
import { recall, remember } from '../client/storage.ts'

export const fontSizes = { least: 9, usual: 14, most: 28 } as const
const keys = { fontSize: 'drydock-terminal-font', contrast: 'drydock-terminal-contrast' } as const

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
