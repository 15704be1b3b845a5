/** What a server keeps for its workshops: places that nobody else gets, and machines that are booted before the class comes. */
import type { Lab } from '../grading/lab.ts'
import type { NodeSet } from '../runtime/port.ts'
import type { Reservation } from '../sessions/start-queue.ts'
import { present } from './describe-workshop.ts'
import type { Room } from './room.ts'

const minute = 60_000
/** Places are kept from so long before it is meant to begin, and so long for one that does not begin. */
const before = 30 * minute
const patience = 60 * minute
/** Machines are booted ahead from so long before it is meant to begin, until so long after it has. */
const warmBefore = 15 * minute
const warmAfter = 15 * minute
/** So long after the beginning, whoever has not come is not waited for. */
const late = 30 * minute

export interface Kept {
  /** By workshop: places that are kept, of how many it wants. */
  places: Map<Room, { places: number; of: number }>
  reservations: Reservation[]
  expected: (NodeSet & { count: number })[]
}

export interface Situation {
  rooms: readonly Room[]
  labs: ReadonlyMap<string, Lab>
  /** Of this server. */
  places: number
  /** Whether this learner has a lab of this workshop already. */
  works: (room: Room, learner: string) => boolean
  now: number
}

/** As who labs of a rehearsal are started: what is kept for a class is kept for its rehearsal. */
export const rehearsalLearner = (room: Room, nth: number) => `rehearsal-${room.id}-${nth}`
const rehearses = (room: Room, learner: string) => learner.startsWith(`rehearsal-${room.id}-`)

/** How many it wants now. */
function wanted({ record, runs, members }: Room, now: number): number {
  const { state, size, starts_at, began_at } = record
  if (runs) {
    const here = [...members.values()].filter((member) => member.state === 'admitted').length
    return began_at !== null && now - began_at > late ? here : Math.max(size, here)
  }
  const soon = now >= starts_at - before && now < starts_at + patience
  return (state === 'planned' || state === 'waiting') && soon ? size : 0
}

function isWarm({ record }: Room, now: number): boolean {
  const { state, began_at, starts_at } = record
  return state === 'running' ? now - (began_at ?? now) < warmAfter : now >= starts_at - warmBefore
}

/** Who is meant to begin first comes first: no place is kept twice. */
export function decideKept({ rooms, labs, places, works, now }: Situation): Kept {
  const kept: Kept = { places: new Map(), reservations: [], expected: [] }
  let free = places
  for (const room of rooms.toSorted((a, b) => a.record.starts_at - b.record.starts_at)) {
    const of = wanted(room, now)
    if (of === 0) continue
    const granted = Math.min(of, free)
    free -= granted
    kept.places.set(room, { places: granted, of })
    const mine = new Set(present(room).map((member) => member.learner))
    kept.reservations.push({ places: granted, holds: (learner) => mine.has(learner) || rehearses(room, learner) })
    const first = room.record.labs.map((id) => labs.get(id)).find((lab) => lab !== undefined)
    if (!first || !isWarm(room, now)) continue
    const { nodes, limits } = first.manifest
    const working = [...mine].filter((learner) => works(room, learner)).length
    kept.expected.push({ nodes, disk_mb: limits.disk_mb, count: Math.max(0, granted - working) })
  }
  return kept
}
