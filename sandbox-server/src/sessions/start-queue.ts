/** Who may start now: within the places of this server, what its host can carry, and the starts it can carry at once. Whoever has no lab yet goes first. */
import { foreseeStarts } from './foresee-starts.ts'

export interface QueueLimits {
  /** Sessions that run at the same time. */
  places: number
  /** Starts at the same time. */
  starts: number
  /** Sessions that may wait. */
  waiting: number
  /** How long a session lasts, in milliseconds. */
  session_ms: number
}

export interface Holder {
  learner: string
  nodes: number
  /** Epoch ms by which its place is free again; null while that is not known. */
  endsBy: () => number | null
}

/** Where one stands in the queue. `place`: 1 is next. `latest`: epoch ms by which it starts; null when that cannot be promised. */
export interface Standing {
  place: number
  latest: number | null
}

export interface Applicant extends Holder {
  signal: AbortSignal
  /** Hears each new standing. */
  onStanding: (standing: Standing) => void
}

/** Places that are kept for some learners: nobody else gets them, also while nobody has them. */
export interface Reservation {
  places: number
  holds: (learner: string) => boolean
}

/** A place on this server. `started`: the start is over, the next may begin. `release`: the place is free again. */
export interface Ticket {
  started(): void
  release(): void
}

interface Waiter extends Applicant {
  admit: (ticket: Ticket) => void
  /** Labs that its learner has, or waits for, before this one; and since when, as a number that grows. */
  rank: { labs: number; since: number } | null
  told: Standing | null
}

export class StartQueue {
  readonly #limits: QueueLimits
  readonly #now: () => number
  /** In the order in which they came. */
  #waiters: Waiter[] = []
  readonly #taken = new Map<object, Holder & { since: number }>()
  #starting = 0
  #ranked = 0
  #room = Infinity
  #paused = false
  #reservations: readonly Reservation[] = []

  constructor(limits: QueueLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
  }

  /** Sessions of one node that could start at once. */
  get free(): number {
    const free = Math.min(this.#limits.places - this.#taken.size, this.#room) - this.#waiters.length
    return this.#paused ? 0 : Math.max(0, free)
  }
  /** Places that nobody has, those that are kept included, and nodes for which the host has room. */
  get left(): { places: number; room: number } {
    return { places: this.#limits.places - this.#taken.size, room: this.#room }
  }
  /** The same for one learner: without what is kept for others. */
  leftFor(learner: string): { places: number; room: number } {
    const kept = this.#keptFrom(learner)
    return { places: this.left.places - kept, room: this.left.room - kept }
  }
  get waiting(): number {
    return this.#waiters.length
  }
  /** Nobody else may line up. */
  get full(): boolean {
    return this.#waiters.length >= this.#limits.waiting && this.#taken.size >= this.#limits.places
  }
  get paused(): boolean {
    return this.#paused
  }

  /** Nobody is admitted any more, or those who wait are again. */
  pause(paused: boolean): void {
    this.#paused = paused
    this.#admit()
    this.#tell()
  }

  /** `nodes`: how many more the host can carry, measured now. */
  setRoom(nodes: number): void {
    this.#room = nodes
    this.#admit()
    this.#tell()
  }

  /** From now on these are kept, and no others. */
  reserve(reservations: readonly Reservation[]): void {
    this.#reservations = reservations
    this.#admit()
    this.#tell()
  }

  /** Takes a place at once, past the queue: for a session that is already running. */
  occupy(holder: Holder): Ticket {
    return this.#createTicket(holder, false)
  }

  /** Resolves when it is this one's turn. Rejects on abort. */
  enter(applicant: Applicant): Promise<Ticket> {
    const { signal } = applicant
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        // It may have stood in the way of one that fits.
        this.#admit()
        this.#tell()
        reject(signal.reason as Error)
      }
      const waiter: Waiter = {
        ...applicant,
        rank: null,
        told: null,
        admit: (ticket) => {
          signal.removeEventListener('abort', onAbort)
          resolve(ticket)
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiters.push(waiter)
      this.#admit()
      this.#tell()
    })
  }

  /**
   * Those who have the fewest labs first, and of these who has waited longest with so few: whoever ends a lab while another of
   * theirs waits does not overtake those who had none all the time.
   */
  #inOrder(): { waiter: Waiter; labs: number }[] {
    const counts = new Map<string, number>()
    const count = (learner: string) => counts.set(learner, (counts.get(learner) ?? 0) + 1)
    for (const { learner } of this.#taken.values()) count(learner)
    const ranked = this.#waiters.map((waiter) => {
      const labs = counts.get(waiter.learner) ?? 0
      count(waiter.learner)
      if (waiter.rank?.labs !== labs) waiter.rank = { labs, since: ++this.#ranked }
      return { waiter, labs, since: waiter.rank.since }
    })
    return ranked.toSorted((a, b) => a.labs - b.labs || a.since - b.since)
  }

  /** Places that are kept for others and that they do not have yet. */
  #keptFrom(learner: string): number {
    const holders = [...this.#taken.values()]
    const open = ({ places, holds }: Reservation) =>
      Math.max(0, places - holders.filter((holder) => holds(holder.learner)).length)
    return this.#reservations.reduce((sum, each) => sum + (each.holds(learner) ? 0 : open(each)), 0)
  }

  /** The first in order who does not have to leave the place to somebody for whom it is kept. */
  #next(): Waiter | undefined {
    const free = this.#limits.places - this.#taken.size
    return this.#inOrder().find(({ waiter }) => {
      const kept = this.#keptFrom(waiter.learner)
      return kept === 0 || (kept < free && waiter.nodes <= this.#room - kept)
    })?.waiter
  }

  #admit(): void {
    while (!this.#paused && this.#taken.size < this.#limits.places && this.#starting < this.#limits.starts) {
      const next = this.#next()
      // Whoever is first waits for room, also when it would be enough for the next: they must get their turn.
      if (!next || next.nodes > this.#room) return
      this.#waiters = this.#waiters.filter((other) => other !== next)
      this.#starting++
      this.#room -= next.nodes
      next.admit(this.#createTicket(next, true))
    }
  }

  #createTicket(holder: Holder, starting: boolean): Ticket {
    const key = {}
    const { learner, nodes, endsBy } = holder
    this.#taken.set(key, { learner, nodes, endsBy, since: this.#now() })
    const started = () => {
      if (!starting) return
      starting = false
      this.#starting--
      this.#admit()
      this.#tell()
    }
    const release = () => {
      if (!this.#taken.delete(key)) return
      this.#room += nodes
      started()
      this.#admit()
      this.#tell()
    }
    return { started, release }
  }

  #tell(): void {
    if (this.#waiters.length === 0) return
    const order = this.#inOrder()
    const { places, starts, session_ms } = this.#limits
    const latest = this.#paused
      ? []
      : foreseeStarts({
          free: places - this.#taken.size,
          room: this.#room,
          taken: [...this.#taken.values()].map((each) => ({
            nodes: each.nodes,
            endsBy: each.endsBy(),
            since: each.since,
          })),
          waiting: order.map(({ waiter }) => waiter.nodes),
          ...{ session_ms, starts, now: this.#now() },
        })
    order.forEach(({ waiter, labs }, i) => {
      // Those who have a lab already let others go first, and so does everybody for whom nothing is kept: they are promised nothing.
      const last = labs > 0 || this.#reservations.some(({ holds }) => !holds(waiter.learner))
      const standing = { place: i + 1, latest: last ? null : (latest[i] ?? null) }
      if (waiter.told && sameStanding(waiter.told, standing)) return
      waiter.told = standing
      waiter.onStanding(standing)
    })
  }
}

/** A second more or less is no news. */
const sameStanding = (a: Standing, b: Standing) =>
  a.place === b.place &&
  (a.latest === b.latest || (a.latest !== null && b.latest !== null && Math.abs(a.latest - b.latest) < 1000))
