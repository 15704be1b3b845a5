/** A typed list of listeners. A listener that throws does not keep the others from hearing. */
export class Channel<T> {
  readonly #listeners = new Set<(value: T) => void>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Somebody listens. */
  get heard(): boolean {
    return this.#listeners.size > 0
  }

  /** Returns how to stop listening. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  publish(value: T): void {
    for (const listener of [...this.#listeners])
      try {
        listener(value)
      } catch (error) {
        this.#onError(error)
      }
  }
}
