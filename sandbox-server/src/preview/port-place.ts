/** A port of the range that shows one port of a node: the keys to it, and the network addresses that it is open to. Its clock and keys are given. */
import type { PreviewAddress } from './preview-host.ts'
import { lifetime_ms } from './preview-key.ts'

/** Of each, the newest: more are no class behind routers of its own, but somebody who fills the server's memory. */
const most = { keys: 200, networks: 500 }

export class PortPlace {
  readonly address: PreviewAddress
  /** On this server. */
  readonly port: number
  /** Aborted when the lab has ended. */
  readonly over: AbortSignal
  /** When somebody was here, or asked for a key. */
  usedAt: number
  readonly #keys = new Map<string, { until: number; once: boolean }>()
  readonly #networks = new Map<string, number>()

  constructor(address: PreviewAddress, port: number, over: AbortSignal, now: number) {
    this.address = address
    this.port = port
    this.over = over
    this.usedAt = now
  }

  /** `once`: for whoever asked; else for all whom the link is passed on to. */
  addKey(key: string, once: boolean, now: number): void {
    this.#keys.set(key, { until: now + lifetime_ms[once ? 'link' : 'share'], once })
    keepNewest(this.#keys, most.keys)
  }

  /** Opens the port for all who come from this network address; false when the key is not good, or not any more. */
  redeem(key: string, network: string, now: number): boolean {
    const known = this.#keys.get(key)
    if (!known || known.until <= now) return false
    if (known.once) this.#keys.delete(key)
    this.#networks.delete(network)
    this.#networks.set(network, now + lifetime_ms.cookie)
    keepNewest(this.#networks, most.networks)
    return true
  }

  admits(network: string, now: number): boolean {
    return (this.#networks.get(network) ?? 0) > now
  }
}

function keepNewest(map: Map<string, unknown>, most: number): void {
  for (const oldest of map.keys()) if (map.size > most) map.delete(oldest)
}
