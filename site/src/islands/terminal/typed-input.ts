/** What was typed and is not known to have arrived: numbered, so that after a lost line just the rest is sent, and nothing twice. */

/** Bytes that may wait for a line that is down: a few commands, not a paste. */
export const maxWaiting = 4096

export class TypedInput {
  /** Not confirmed yet, in order; the first `#sent` bytes of it are on their way. */
  #pending = new Uint8Array(0)
  #sent = 0
  /** How many bytes the server has confirmed. */
  #confirmed = 0

  /** Bytes that wait for a line. */
  get waiting(): number {
    return this.#pending.length - this.#sent
  }

  add(bytes: Uint8Array): void {
    const longer = new Uint8Array(this.#pending.length + bytes.length)
    longer.set(this.#pending)
    longer.set(bytes, this.#pending.length)
    this.#pending = longer
  }

  /** What has not been sent; counts as sent from now on. */
  take(): Uint8Array<ArrayBuffer> {
    const rest = this.#pending.slice(this.#sent)
    this.#sent = this.#pending.length
    return rest
  }

  /** The server has so many bytes of ours. */
  confirm(received: number): void {
    const arrived = Math.min(Math.max(0, received - this.#confirmed), this.#sent)
    this.#pending = this.#pending.slice(arrived)
    this.#sent -= arrived
    this.#confirmed += arrived
  }

  /**
   * A new line to the server, which says what it has of ours. Fewer than it had confirmed: it has been restarted and cannot know
   * what became of what was under way. That may have been typed, so it is not sent again.
   */
  resume(received: number): void {
    if (received < this.#confirmed) {
      this.#pending = this.#pending.slice(this.#sent)
      this.#confirmed = received
    } else this.confirm(received)
    this.#sent = 0
  }

  /** Forgets what waits. */
  discard(): void {
    this.#pending = this.#pending.slice(0, this.#sent)
  }
}
