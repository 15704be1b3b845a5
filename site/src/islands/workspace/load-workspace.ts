/** Fetches the workspace, xterm and its font once, as soon as it is clear that a lab will open: while the server claims a machine, not after. */
import { signal } from '@preact/signals'
import { loadTerminal } from '../terminal/load-terminal.ts'

type Workspace = typeof import('./workspace.tsx').Workspace

/** Null until it is there. */
export const workspace = signal<Workspace | null>(null)
export const workspaceFailed = signal(false)

let loading: Promise<void> | undefined

export function expectWorkspace(): void {
  loadTerminal().catch(() => undefined)
  loading ??= import('./workspace.tsx').then(
    ({ Workspace }) => {
      workspace.value = Workspace
      workspaceFailed.value = false
    },
    () => {
      loading = undefined
      workspaceFailed.value = true
    },
  )
}
