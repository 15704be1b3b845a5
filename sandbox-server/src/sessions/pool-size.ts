/** How many nodes to have booted ahead: as many as were asked for lately, within the operator's limits and the places that are free. */

export interface PoolLimits {
  least: number
  most: number
}

/** Milliseconds: so long back demand is looked at. A class that begins together does so within it. */
const lately = 180_000

/** `starts`: epoch ms of sessions that were asked for. `free`: places that nobody has taken. */
export function decidePoolSize(starts: readonly number[], free: number, limits: PoolLimits, now: number): number {
  const demand = starts.filter((at) => at > now - lately).length
  return Math.min(Math.max(demand, limits.least), limits.most, free)
}
