/** Nodes that were booted ahead: kept at wished numbers, given to one session each, found again after a restart of the server. */
import type { NodeSet } from '../port.ts'

/** The part of a log that the runtime writes to. */
export interface RuntimeLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A set of nodes in the pool, by the name under which it was made. */
export interface WarmSet extends NodeSet {
  home: string
}

/** How nodes are found, made and removed. */
export interface PoolMaker {
  /** Sets that an earlier server has left ready; what is not usable any more is removed. */
  find(): Promise<WarmSet[]>
  /** Boots a set; answers its home. Rejects when it could not, with nothing left. */
  make(kind: NodeSet, signal: AbortSignal): Promise<string>
  remove(home: string): Promise<void>
  /** The host can carry so many more nodes. */
  roomy(nodes: number): Promise<boolean>
}

/** Milliseconds before making is tried again after it failed. */
const again = 30_000

const isSame = (a: NodeSet, b: NodeSet) => a.nodes === b.nodes && a.disk_mb === b.disk_mb

export class Pool {
  readonly #maker: PoolMaker
  readonly #logger: RuntimeLog
  readonly #closing = new AbortController()
  #ready: WarmSet[] = []
  #found = false
  #wishes: readonly (NodeSet & { count: number })[] = []
  #working: Promise<void> | undefined
  #notBefore = 0
  /** Starts for learners that are under way: while there are any, nothing is made ahead. */
  #busy = 0

  constructor(maker: PoolMaker, logger: RuntimeLog) {
    this.#maker = maker
    this.#logger = logger
  }

  get size(): number {
    return this.#ready.length
  }
  get nodes(): number {
    return this.#ready.reduce((sum, { nodes }) => sum + nodes, 0)
  }

  /** Home of a set that is ready, the oldest first; it is not the pool's any more. */
  take(kind: NodeSet): string | undefined {
    const at = this.#ready.findIndex((each) => isSame(each, kind))
    return at < 0 ? undefined : this.#ready.splice(at, 1)[0]?.home
  }

  /** It is broken: not to be given to anybody. False when it is not the pool's. */
  drop(home: string): boolean {
    const before = this.#ready.length
    this.#ready = this.#ready.filter((each) => each.home !== home)
    return this.#ready.length < before
  }

  /** Brings the pool to these numbers, in the background. Asked for again and again; it does nothing between. */
  keep(wishes: readonly (NodeSet & { count: number })[]): void {
    this.#wishes = wishes
    this.#work()
  }

  /** Runs a start for a learner, which comes before what is made ahead. */
  async before<T>(start: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await start()
    } finally {
      this.#busy--
    }
  }

  /** Nodes that are ready stay, for the next server. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the server is shutting down'))
    await this.#working
  }

  #work(): void {
    if (this.#working || this.#closing.signal.aborted) return
    this.#working = this.#step()
      .catch((error: unknown) => {
        if (this.#closing.signal.aborted) return
        this.#notBefore = Date.now() + again
        this.#logger.warn({ err: error }, 'no node could be booted ahead')
      })
      .finally(() => {
        this.#working = undefined
      })
  }

  async #step(): Promise<void> {
    const { signal } = this.#closing
    if (!this.#found) this.#ready.push(...(await this.#maker.find()))
    this.#found = true
    for (let extra = this.#extra(); extra && !signal.aborted; extra = this.#extra()) {
      this.drop(extra.home)
      await this.#maker.remove(extra.home)
    }
    while (this.#busy === 0 && Date.now() >= this.#notBefore && !signal.aborted) {
      const kind = this.#wishes.find((wish) => this.#count(wish) < wish.count)
      if (!kind || !(await this.#maker.roomy(kind.nodes))) return
      const home = await this.#maker.make(kind, signal)
      this.#ready.push({ home, nodes: kind.nodes, disk_mb: kind.disk_mb })
    }
  }

  #count(kind: NodeSet): number {
    return this.#ready.filter((each) => isSame(each, kind)).length
  }

  /** The youngest of those that nobody wishes for. */
  #extra(): WarmSet | undefined {
    return this.#ready.findLast(
      (each) => this.#count(each) > (this.#wishes.find((wish) => isSame(wish, each))?.count ?? 0),
    )
  }
}
