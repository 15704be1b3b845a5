/** How terminals look, for this browser: size of the letters, and colours of the highest contrast. */
import { signal } from '@preact/signals'

export const fontSizes = { least: 9, usual: 14, most: 28 } as const
const keys = { fontSize: 'drydock-terminal-font', contrast: 'drydock-terminal-contrast' } as const

const stored = (key: string) => (typeof localStorage === 'undefined' ? null : localStorage.getItem(key))
const bounded = (size: number) =>
  Number.isFinite(size) ? Math.min(fontSizes.most, Math.max(fontSizes.least, Math.round(size))) : fontSizes.usual

export const fontSize = signal(bounded(Number(stored(keys.fontSize) ?? fontSizes.usual)))
export const highContrast = signal(
  stored(keys.contrast) === null
    ? typeof matchMedia !== 'undefined' && matchMedia('(prefers-contrast: more)').matches
    : stored(keys.contrast) === 'on',
)

export function changeFontSize(by: number): void {
  fontSize.value = by === 0 ? fontSizes.usual : bounded(fontSize.value + by)
  localStorage.setItem(keys.fontSize, String(fontSize.value))
}

export function toggleContrast(): void {
  highContrast.value = !highContrast.value
  localStorage.setItem(keys.contrast, highContrast.value ? 'on' : 'off')
}
