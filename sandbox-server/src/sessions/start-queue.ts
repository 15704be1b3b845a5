/** Who may start now: first come, first served, within the places of this server and the starts it can carry at once. */

export interface QueueLimits {
  /** Sessions that run at the same time. */
  places: number
  /** Starts at the same time. */
  starts: number
  /** Sessions that may wait. */
  waiting: number
}

/** A place on this server. `started`: the start is over, the next may begin. `release`: the place is free again. */
export interface Ticket {
  started(): void
  release(): void
}

interface Waiter {
  admit(ticket: Ticket): void
  onPlace(place: number): void
}

export class StartQueue {
  readonly #limits: QueueLimits
  #waiters: Waiter[] = []
  #taken = 0
  #starting = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  get free(): number {
    return Math.max(0, this.#limits.places - this.#taken - this.#waiters.length)
  }
  get waiting(): number {
    return this.#waiters.length
  }
  /** Nobody else may line up. */
  get full(): boolean {
    return this.#waiters.length >= this.#limits.waiting && this.#taken >= this.#limits.places
  }

  /** Takes a place at once, past the queue: for a session that is already running. */
  occupy(): Ticket {
    this.#taken++
    return this.#createTicket(false)
  }

  /** Resolves when it is this one's turn. `onPlace` hears each new place in the queue, 1 being next. Rejects on abort. */
  enter(signal: AbortSignal, onPlace: (place: number) => void): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const waiter: Waiter = {
        onPlace,
        admit: (ticket) => {
          signal.removeEventListener('abort', onAbort)
          resolve(ticket)
        },
      }
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        this.#tellPlaces()
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiters.push(waiter)
      this.#admit()
      if (this.#waiters.includes(waiter)) onPlace(this.#waiters.length)
    })
  }

  #admit(): void {
    let admitted = false
    while (this.#taken < this.#limits.places && this.#starting < this.#limits.starts) {
      const next = this.#waiters.shift()
      if (!next) break
      this.#taken++
      this.#starting++
      admitted = true
      next.admit(this.#createTicket(true))
    }
    if (admitted) this.#tellPlaces()
  }

  #createTicket(starting: boolean): Ticket {
    let released = false
    const started = () => {
      if (!starting) return
      starting = false
      this.#starting--
      this.#admit()
    }
    const release = () => {
      if (released) return
      released = true
      this.#taken--
      started()
      this.#admit()
    }
    return { started, release }
  }

  #tellPlaces(): void {
    this.#waiters.forEach((waiter, i) => waiter.onPlace(i + 1))
  }
}
