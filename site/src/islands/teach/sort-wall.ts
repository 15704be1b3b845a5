/** Who stands on the wall, and where: who needs help most comes first, then by name. Pure. */
import type { WallLearner } from '@drydock/sandbox-server/contract'

export const filters = {
  all: 'All',
  help: 'Need help',
  hand: 'Hand raised',
  away: 'Not connected',
  waiting: 'To be let in',
  done: 'Finished',
} as const
export type WallFilter = keyof typeof filters

type Tile = Pick<WallLearner, 'name' | 'hand_at' | 'need' | 'connected' | 'done' | 'state'>

export function sortWall<T extends Tile>(learners: readonly T[]): T[] {
  const rankOf = ({ need, state }: Tile) => (state === 'waiting' ? Infinity : (need?.rank ?? 0))
  const by = (a: T, b: T) => (rankOf(a) === rankOf(b) ? 0 : rankOf(b) > rankOf(a) ? 1 : -1)
  return learners.toSorted((a, b) => by(a, b) || a.name.localeCompare(b.name, undefined, { numeric: true }))
}

/** `tasks`: how many there are to do. */
export function fitsFilter(tile: Tile, filter: WallFilter, tasks: number): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'help':
      return tile.need !== null
    case 'hand':
      return tile.hand_at !== null
    case 'away':
      return !tile.connected
    case 'waiting':
      return tile.state === 'waiting'
    case 'done':
      return tasks > 0 && tile.done >= tasks
  }
}
