/** On a narrow screen lesson and lab take turns; this says which one is shown. */
import { signal } from '@preact/signals'

export type View = 'lesson' | 'lab'
export const view = signal<View>('lesson')

export function showView(next: View): void {
  view.value = next
  document.documentElement.dataset['view'] = next
  // The terminal was measured as nothing while it was hidden.
  if (next === 'lab') dispatchEvent(new Event('resize'))
}
