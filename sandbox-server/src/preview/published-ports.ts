/** The ports that the nodes of a session publish now, and since when. */
import type { PortView } from '../contract/preview.ts'

/** `id`: of the container or service that publishes it. */
export interface FoundPort extends Omit<PortView, 'since'> {
  id: string
}

export class PublishedPorts {
  readonly #now: () => number
  /** By name; see `nameOf`. */
  #known = new Map<string, { id: string; since: number }>()
  #list: readonly PortView[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get list(): readonly PortView[] {
    return this.#list
  }

  /** Whether anything of it is new. */
  replace(found: readonly FoundPort[]): boolean {
    const known = new Map<string, { id: string; since: number }>()
    const list = found.map(({ id, ...port }) => {
      const before = this.#known.get(nameOf(port))
      const at = before?.id === id ? before : { id, since: this.#now() }
      known.set(nameOf(port), at)
      return { ...port, since: at.since }
    })
    this.#known = known
    if (JSON.stringify(list) === JSON.stringify(this.#list)) return false
    this.#list = list
    return true
  }

  /** Milliseconds since it appeared; undefined: nobody publishes it. */
  age(at: Pick<PortView, 'node' | 'port'>): number | undefined {
    const since = this.#known.get(nameOf(at))?.since
    return since === undefined ? undefined : this.#now() - since
  }
}

const nameOf = ({ node, port }: Pick<PortView, 'node' | 'port'>) => `${node}:${port}`
