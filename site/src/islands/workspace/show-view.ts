/** What the rest of the page wants to see in the workspace: a terminal to type into, the files, or the preview. */
import { signal } from '@preact/signals'

export const wanted = signal<'terminal' | 'files' | 'preview' | null>(null)
