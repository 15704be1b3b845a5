/** Of two states of one thing the newer: what is answered to a request and what the socket tells come in any order. Pure. */
interface Versioned {
  version: number
}

export const newer = <T extends Versioned>(known: T | null, next: T): T =>
  known !== null && known.version > next.version ? known : next
