/** The ports that the nodes of a session publish now, and since when. */
import type { PortView } from '../contract/preview.ts'

export class PublishedPorts {
  readonly #now: () => number
  readonly #since = new Map<string, number>()
  #list: readonly PortView[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get list(): readonly PortView[] {
    return this.#list
  }

  /** Whether anything of it is new. */
  replace(ports: readonly PortView[]): boolean {
    if (JSON.stringify(ports) === JSON.stringify(this.#list)) return false
    this.#list = ports
    const named = new Set(ports.map(nameOf))
    for (const name of this.#since.keys()) if (!named.has(name)) this.#since.delete(name)
    for (const name of named) if (!this.#since.has(name)) this.#since.set(name, this.#now())
    return true
  }

  /** Milliseconds since it appeared; undefined: nobody publishes it. */
  age(at: Pick<PortView, 'node' | 'port'>): number | undefined {
    const since = this.#since.get(nameOf(at))
    return since === undefined ? undefined : this.#now() - since
  }
}

const nameOf = ({ node, port }: Pick<PortView, 'node' | 'port'>) => `${node}:${port}`
