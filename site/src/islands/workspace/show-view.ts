/** What the rest of the page wants to see in the workspace: a terminal to type into (of a certain node, where it says so), the files, the preview or the X-ray. */
import { signal } from '@preact/signals'

/** What the X-ray shall open, as a lesson names it: `container:web`. */
export const focus = signal<string | null>(null)

/** What stands beside the rest: a terminal's id, or `xray`. */
export const beside = signal<string | null>(null)
export const wanted = signal<'terminal' | 'files' | 'preview' | 'xray' | { node: string } | null>(null)
