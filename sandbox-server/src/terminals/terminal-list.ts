/** The terminals of one session: which there are, on which node, and what they are called. */
import type { TerminalView } from '../contract/sessions.ts'
import { Refusal } from '../refusal.ts'
import { InputLedger } from './input-ledger.ts'

/** More would be a mistake of a program. */
export const maxTerminals = 8
export const mainTerminal = 'main'

export interface ScreenSize {
  cols: number
  rows: number
}

export class TerminalList {
  #terminals: TerminalView[] = [{ id: mainTerminal, node: 'node1', title: 'node1' }]
  #count = 1
  readonly #ledgers = new Map<string, InputLedger>()
  readonly #sizes = new Map<string, ScreenSize>()
  readonly #onSize = new Set<(id: string, size: ScreenSize) => void>()

  list(): TerminalView[] {
    return [...this.#terminals]
  }

  find(id: string): TerminalView | undefined {
    return this.#terminals.find((terminal) => terminal.id === id)
  }

  add(node: string): TerminalView {
    if (this.#terminals.length >= maxTerminals)
      throw new Refusal('TOO_MANY', `A lab has at most ${maxTerminals} terminals. Close one to open another.`)
    this.#count++
    return this.#insert(`t${this.#count}`, node)
  }

  /** Terminals that were found on a node after a restart of the server. Ids that are not ours are left alone. */
  adopt(node: string, ids: readonly string[]): void {
    for (const id of ids) {
      const number = Number(/^t([1-9]\d{0,4})$/.exec(id)?.[1])
      if (!number || this.find(id) || this.#terminals.length >= maxTerminals) continue
      this.#count = Math.max(this.#count, number)
      this.#insert(id, node)
    }
  }

  /** What has been typed into it, by whom. */
  ledger(id: string): InputLedger {
    const found = this.#ledgers.get(id) ?? new InputLedger()
    this.#ledgers.set(id, found)
    return found
  }

  /** How large the screen is that its learner has it on; as a usual one before anybody has said. */
  size(id: string): ScreenSize {
    return this.#sizes.get(id) ?? { cols: 80, rows: 24 }
  }

  setSize(id: string, size: ScreenSize): void {
    this.#sizes.set(id, { ...size })
    for (const hear of this.#onSize) hear(id, size)
  }

  /** Returns how to stop listening. */
  watchSizes(hear: (id: string, size: ScreenSize) => void): () => void {
    this.#onSize.add(hear)
    return () => void this.#onSize.delete(hear)
  }

  rename(id: string, title: string): void {
    this.#terminals = this.#terminals.map((terminal) => (terminal.id === id ? { ...terminal, title } : terminal))
  }

  remove(id: string): void {
    this.#ledgers.delete(id)
    this.#sizes.delete(id)
    this.#terminals = this.#terminals.filter((terminal) => terminal.id !== id)
  }

  /** Only the first one is left, as in a new session. */
  clear(): void {
    this.#terminals = this.#terminals.slice(0, 1)
  }

  #insert(id: string, node: string): TerminalView {
    const same = this.#terminals.filter((terminal) => terminal.node === node).length
    const terminal = { id, node, title: same === 0 ? node : `${node} (${same + 1})` }
    this.#terminals.push(terminal)
    return terminal
  }
}
