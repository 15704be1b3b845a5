/** Whether terminals write their text for a screen reader as well; remembered, because it costs speed and not everyone needs it. */
import { signal } from '@preact/signals'
import { recall, remember } from '../client/storage.ts'

const key = 'drydock-screen-reader'

export const screenReader = signal(recall(key) === 'on')

export function toggleScreenReader(): void {
  screenReader.value = !screenReader.value
  remember(key, screenReader.value ? 'on' : 'off')
}
