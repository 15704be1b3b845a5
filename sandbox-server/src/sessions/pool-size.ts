/** What to have booted ahead: as many sessions of each kind as were asked for lately, within the operator's limits and the places that are free. */
import type { NodeSet } from '../runtime/port.ts'

export interface PoolLimits {
  least: number
  most: number
}

export interface Demand extends NodeSet {
  /** Epoch ms at which a session of this kind was asked for. */
  at: number
}

/** Milliseconds: so long back demand is looked at. A class that begins together does so within it. */
const lately = 180_000

const isSame = (a: NodeSet, b: NodeSet) => a.nodes === b.nodes && a.disk_mb === b.disk_mb

/**
 * `usual`: of this kind there are always some. `free`: nodes that may be booted, of which places and the host decide. Limits count nodes:
 * a set of three takes the room of three.
 */
export function decidePool(
  demand: readonly Demand[],
  usual: NodeSet,
  free: number,
  limits: PoolLimits,
  now: number,
): (NodeSet & { count: number })[] {
  const recent = demand.filter((each) => each.at > now - lately)
  const kinds: NodeSet[] = [usual]
  for (const each of recent) if (!kinds.some((kind) => isSame(kind, each))) kinds.push(each)
  let left = Math.max(0, Math.min(limits.most, free))
  const first = Math.min(left, Math.max(limits.least, 0))
  const wanted = kinds.map(({ nodes, disk_mb }) => {
    const asked = recent.filter((each) => isSame(each, { nodes, disk_mb })).length
    const count = isSame(usual, { nodes, disk_mb }) ? Math.max(asked, first) : asked
    return { nodes, disk_mb, count: 0, asked: count }
  })
  // One of each kind in turn, so that no kind takes all.
  for (let grew = true; grew;) {
    grew = false
    for (const kind of wanted) {
      if (kind.count >= kind.asked || kind.nodes > left) continue
      kind.count++
      left -= kind.nodes
      grew = true
    }
  }
  return wanted.map(({ nodes, disk_mb, count }) => ({ nodes, disk_mb, count }))
}
