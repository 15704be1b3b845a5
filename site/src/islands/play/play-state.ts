/** What the page of the playground knows besides its pane: how many machines, and the files that a link brings. */
import { signal } from '@preact/signals'
import type { Problem } from '../client/http.ts'
import * as lab from '../lab/store.ts'
import { readLink, type LinkFile, type PlayLink, type ReadLink } from './play-link.ts'

export type Nodes = PlayLink['nodes']

/** Machines of the playground that runs, or of the one that would be started. */
export const nodes = signal<Nodes>(1)
/** A link that nobody has decided about. */
export const asked = signal<ReadLink | null>(null)
/** Files that were agreed to and wait for a machine. */
export const coming = signal<readonly LinkFile[]>([])
/** What became of them. `inWay`: another file of this name is there. */
export const arrived = signal<{
  there: readonly LinkFile[]
  inWay: readonly LinkFile[]
  lost: readonly LinkFile[]
  problem: Problem | null
} | null>(null)

/** Another number of machines is another playground: what was known of the last one is forgotten. */
export function choose(wanted: Nodes): void {
  if (lab.session.value || wanted === nodes.value) return
  nodes.value = wanted
  lab.lab.value = null
  lab.problem.value = null
  lab.conflict.value = null
  lab.over.value = null
}

/** Reads the address now and whenever it changes. Returns how to stop. */
export function watchAddress(): () => void {
  const look = () => {
    const found = readLink(location.hash)
    if (!found) return
    asked.value = found
    if (found.ok) choose(found.link.nodes)
  }
  look()
  addEventListener('hashchange', look)
  return () => removeEventListener('hashchange', look)
}

/** The link was decided about: a reload does not ask again. */
export function forgetLink(): void {
  asked.value = null
  history.replaceState(null, '', location.pathname + location.search)
}
