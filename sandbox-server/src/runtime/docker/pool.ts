/** Nodes that were booted ahead: kept at a wished number, given to one session each, found again after a restart of the server. */
/** The part of a log that the runtime writes to. */
export interface RuntimeLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** How nodes are found, made and removed. */
export interface PoolMaker {
  /** Homes of nodes that an earlier server has left ready; what is not usable any more is removed. */
  find(): Promise<string[]>
  /** Boots a node; answers its home. Rejects when it could not, with nothing left. */
  make(signal: AbortSignal): Promise<string>
  remove(home: string): Promise<void>
  /** The host has memory and disk to spare for one more. */
  roomy(): Promise<boolean>
}

/** Milliseconds before making is tried again after it failed. */
const again = 30_000

export class Pool {
  readonly #maker: PoolMaker
  readonly #logger: RuntimeLog
  readonly #closing = new AbortController()
  #ready: string[] = []
  #found = false
  #wished = 0
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

  /** One that is ready, the oldest first; it is not the pool's any more. */
  take(): string | undefined {
    return this.#ready.shift()
  }

  /** Brings the pool to this size, in the background. Asked for again and again; it does nothing between. */
  keep(count: number): void {
    this.#wished = count
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
    while (this.#ready.length > this.#wished && !signal.aborted) {
      const home = this.#ready.pop()
      if (home !== undefined) await this.#maker.remove(home)
    }
    while (this.#ready.length < this.#wished && this.#busy === 0 && Date.now() >= this.#notBefore && !signal.aborted) {
      if (!(await this.#maker.roomy())) return
      this.#ready.push(await this.#maker.make(signal))
    }
  }
}
