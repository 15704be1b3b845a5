/** Gathers bytes up to a limit in one piece of memory: whoever writes byte by byte costs no more than the bytes. */

export class ByteBuffer {
  readonly #max: number
  #bytes = Buffer.alloc(0)
  #length = 0
  /** More came than fitted. */
  truncated = false

  constructor(max: number) {
    this.#max = max
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#max - this.#length)
    if (part.length < chunk.length) this.truncated = true
    const needed = this.#length + part.length
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.#max, Math.max(needed, 2 * this.#bytes.length, 4096)))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    part.copy(this.#bytes, this.#length)
    this.#length = needed
  }

  /** What was gathered; not to be used together with further `add`s. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }
}
