/** Notices when the host's clock was set, or stood still while the host slept: what is measured by it has to move along, or learners would lose their labs. */

/** Milliseconds: less is drift and rounding. */
const noticeable = 20_000

export class ClockWatch {
  readonly #now: () => number
  readonly #steady: () => number
  #ahead: number

  /** `now`: epoch ms; `steady`: ms since whenever, which nobody can set. */
  constructor(now: () => number, steady: () => number) {
    this.#now = now
    this.#steady = steady
    this.#ahead = now() - steady()
  }

  /** By how many whole ms the clock was moved since the last look; 0 when it went as clocks do. */
  look(): number {
    const ahead = this.#now() - this.#steady()
    const jump = ahead - this.#ahead
    if (Math.abs(jump) < noticeable) return 0
    this.#ahead = ahead
    return Math.round(jump)
  }
}
