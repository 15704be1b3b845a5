/** A key pressed in a terminal that means something to the page: find in it, or show the keys. */
import { signal } from '@preact/signals'

export const terminalCommand = signal<'find' | 'help' | 'transcript' | null>(null)
