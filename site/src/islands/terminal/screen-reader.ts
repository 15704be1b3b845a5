/** Whether terminals write their text for a screen reader as well; remembered, because it costs speed and not everyone needs it. */
import { signal } from '@preact/signals'

const key = 'drydock-screen-reader'

export const screenReader = signal(typeof localStorage !== 'undefined' && localStorage.getItem(key) === 'on')

export function toggleScreenReader(): void {
  screenReader.value = !screenReader.value
  localStorage.setItem(key, screenReader.value ? 'on' : 'off')
}
