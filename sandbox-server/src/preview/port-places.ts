/** Which port of the range shows what: given to whoever opens a preview, taken back when their lab has ended, and given again as late as possible. */
import { PortPlace } from './port-place.ts'
import { toLabel, type PreviewAddress } from './preview-host.ts'
import type { PortRange } from './port-range.ts'

/** Ports that one lab has at a time: with more it gives up the one that it used longest ago. */
const perSession = 8
/** Milliseconds without a visitor after which another lab may have a port, when there are no others. */
const quiet_ms = 600_000

export class PortPlaces {
  /** What was used longest ago comes first, so that whoever still has a page of an ended lab open meets nobody's. */
  readonly #free: number[]
  readonly #places = new Map<number, PortPlace>()

  constructor({ from, to }: PortRange) {
    this.#free = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  }

  at(port: number): PortPlace | undefined {
    const place = this.#places.get(port)
    return place?.over.aborted ? undefined : place
  }

  /** The same port as long as there is one. `over`: of the session. Null when all are in use. */
  open(address: PreviewAddress, over: AbortSignal, now: number): PortPlace | null {
    for (const each of this.#places.values()) if (each.over.aborted) this.#leave(each)
    const label = toLabel(address)
    const all = [...this.#places.values()].sort((a, b) => a.usedAt - b.usedAt)
    const known = all.find((each) => toLabel(each.address) === label)
    if (known) {
      known.usedAt = now
      return known
    }
    const given = this.#choose(address.session, all, now)
    if (given) this.#leave(given)
    const port = this.#free.shift()
    if (port === undefined) return null
    const place = new PortPlace(address, port, over, now)
    this.#places.set(port, place)
    return place
  }

  /** Who gives up their port for this lab; `all`: what was used longest ago first. */
  #choose(session: string, all: readonly PortPlace[], now: number): PortPlace | undefined {
    const own = all.filter(({ address }) => address.session === session)
    if (own.length >= perSession) return own[0]
    if (this.#free.length > 0) return undefined
    const [longestAgo] = all
    return longestAgo && now - longestAgo.usedAt >= quiet_ms ? longestAgo : own[0]
  }

  #leave(place: PortPlace): void {
    this.#places.delete(place.port)
    this.#free.push(place.port)
  }
}
