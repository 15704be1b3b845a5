/** How many sockets look at one session at a time: each costs memory here, and a shell's holder in the node takes sixteen. */
import { Refusal } from '../refusal.ts'

export const maxViewers = { terminal: 12, session: 32 } as const

export class Viewers {
  readonly #terminals = new Map<string, number>()
  #all = 0

  /** `terminal`: its id, or null for the socket of events. Returns how to leave. Throws `TOO_MANY`. */
  join(terminal: string | null): () => void {
    const watching = terminal === null ? 0 : (this.#terminals.get(terminal) ?? 0)
    if (this.#all >= maxViewers.session || watching >= maxViewers.terminal)
      throw new Refusal('TOO_MANY', 'This lab is open in too many windows. Close some of them.')
    this.#all++
    if (terminal !== null) this.#terminals.set(terminal, watching + 1)
    let left = false
    return () => {
      if (left) return
      left = true
      this.#all--
      if (terminal === null) return
      const others = (this.#terminals.get(terminal) ?? 1) - 1
      if (others > 0) this.#terminals.set(terminal, others)
      else this.#terminals.delete(terminal)
    }
  }
}
