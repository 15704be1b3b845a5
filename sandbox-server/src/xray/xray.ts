/** The X-ray of one session: looks at its nodes while somebody watches, soon after their engines said something, and else now and then. */
import { setTimeout as delay } from 'node:timers/promises'
import type { XrayEvent } from '../contract/xray.ts'
import { scratchPrefix } from '../grading/scratch.ts'
import { Channel } from '../sessions/channel.ts'
import { createHappenings } from './happenings.ts'
import { readNode, type LookedAt } from './read-node.ts'
import type { KnownLayers } from './read-images.ts'

/** Milliseconds between two looks: at least so many and twice what the last one took; and when nothing is heard of the engine. */
const gap = { least: 200, idle: 3000 }

export interface XrayOptions {
  /** Of the session at this moment; a reset brings others. */
  nodes: () => readonly LookedAt[]
  /** Names of all nodes that it has when it is ready. */
  names: readonly string[]
  onError: (error: unknown) => void
  now: () => number
}

export interface Xray {
  /** An engine said this. */
  note(node: string, event: unknown): void
  /** Something may be different on the nodes. */
  look(): void
  /** Tells what is known at once, and what changes from then on. Returns how to stop. */
  follow(listener: (event: XrayEvent) => void): () => void
}

const ignore = (name: string) => name.startsWith(scratchPrefix)

export function createXray({ nodes, names, onError, now }: XrayOptions): Xray {
  const events = new Channel<XrayEvent>(onError)
  const happenings = createHappenings(now)
  /** By node: what viewers were last told of it. */
  const told = new Map<string, { text: string; event: XrayEvent }>()
  let wished = Promise.withResolvers<void>()
  let watching: AbortController | undefined

  const happened = (list: typeof happenings.last): XrayEvent => ({
    type: 'happened',
    happenings: [...list],
    missed: happenings.takeMissed(),
  })

  async function watch(name: string, signal: AbortSignal): Promise<void> {
    const known: KnownLayers = new Map()
    while (!signal.aborted) {
      const again = wished.promise
      const began = performance.now()
      const node = nodes().find((each) => each.name === name)
      if (node) {
        const event: XrayEvent = { type: 'node', node: await readNode(node, known, ignore) }
        const text = JSON.stringify(event)
        // A reset may have come meanwhile, and what was seen is of a node that is gone.
        const current = nodes().includes(node)
        if (!signal.aborted && current && told.get(name)?.text !== text) {
          told.set(name, { text, event })
          events.publish(event)
        }
      }
      await delay(Math.max(gap.least, 2 * (performance.now() - began)), undefined, { signal }).catch(() => undefined)
      await Promise.race([again, delay(gap.idle, undefined, { signal }).catch(() => undefined)])
    }
  }

  return {
    note(node, event) {
      const happening = happenings.note(node, event)
      if (happening && events.heard) events.publish(happened([happening]))
    },
    look() {
      wished.resolve()
      wished = Promise.withResolvers()
    },
    follow(listener) {
      listener(happened(happenings.last))
      for (const { event } of told.values()) listener(event)
      const stop = events.subscribe(listener)
      if (!watching) {
        const controller = (watching = new AbortController())
        for (const name of names) watch(name, controller.signal).catch(onError)
      }
      return () => {
        stop()
        if (events.heard || !watching) return
        watching.abort()
        watching = undefined
        told.clear()
      }
    },
  }
}
