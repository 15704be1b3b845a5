/** Whether the lab engine answers, as far as we know, and who wants to hear of a change. */
import type { Runtime } from '../runtime/port.ts'
import { Channel } from './channel.ts'

export class EngineWatch {
  readonly changes: Channel<boolean>
  /** Sessions of which a node has stopped by itself. */
  readonly nodeEnds: Channel<string>
  readonly #stop: () => void
  #up: boolean

  private constructor(runtime: Runtime, up: boolean, onError: (error: unknown) => void) {
    this.#up = up
    this.changes = new Channel(onError)
    this.nodeEnds = new Channel(onError)
    this.#stop = runtime.watch({
      onEngine: (now) => this.#set(now),
      onNodeEnd: (session) => this.nodeEnds.publish(session),
    })
  }

  static async open(runtime: Runtime, onError: (error: unknown) => void): Promise<EngineWatch> {
    const up = await runtime.ping().then(
      () => true,
      () => false,
    )
    return new EngineWatch(runtime, up, onError)
  }

  get up(): boolean {
    return this.#up
  }

  /** Resolves when the engine answers; at once when it does. Rejects on abort. */
  whenUp(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#up) return resolve()
      if (signal.aborted) return reject(signal.reason as Error)
      const unsubscribe = this.changes.subscribe((up) => {
        if (up) settle(resolve)
      })
      const onAbort = () => settle(() => reject(signal.reason as Error))
      const settle = (then: () => void) => {
        unsubscribe()
        signal.removeEventListener('abort', onAbort)
        then()
      }
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  close(): void {
    this.#stop()
  }

  #set(up: boolean): void {
    if (this.#up === up) return
    this.#up = up
    this.changes.publish(up)
  }
}
