/** What was asked for lately, and what will be, as is known before: from that the pool of machines that are booted ahead. */
import { limits as defaultLimits } from '@drydock/kit/schema'
import type { NodeSet } from '../runtime/port.ts'
import { decidePool, type Demand, type PoolLimits } from './pool-size.ts'
import type { StartQueue } from './start-queue.ts'

/** What a lab that says nothing about it asks for. */
const usualSet: NodeSet = { nodes: 1, disk_mb: defaultLimits.parse({}).disk_mb }

export type PoolDemand = ReturnType<typeof createPoolDemand>

export function createPoolDemand(limits: PoolLimits, queue: StartQueue, now: () => number) {
  let lately: Demand[] = []
  let expected: readonly (NodeSet & { count: number })[] = []

  return {
    note(asked: Demand): void {
      lately = [...lately.slice(-100), asked]
    },

    /** So many sets of nodes are booted ahead besides what is asked for, beyond the usual limit of the pool. */
    expect(sets: readonly (NodeSet & { count: number })[]): void {
      expected = sets
    },

    /** The clock was set. */
    moveTimes(ms: number): void {
      lately = lately.map((each) => ({ ...each, at: each.at + ms }))
    },

    decide(): (NodeSet & { count: number })[] {
      const coming = expected.flatMap(({ count, ...set }) =>
        Array.from({ length: count }, () => ({ at: now(), ...set })),
      )
      const nodes = coming.reduce((sum, each) => sum + each.nodes, 0)
      const pool = { least: limits.least, most: limits.most + nodes }
      // Who waits for another's place waits besides what is kept.
      const { places, room } = queue.left
      const free = Math.max(queue.free, Math.min(places, room, nodes))
      return decidePool([...lately, ...coming], usualSet, free, pool, now())
    },
  }
}
