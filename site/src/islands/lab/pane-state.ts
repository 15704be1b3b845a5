/** What the lab pane shows, decided from what is known: one pure function, so that each state can be tested and none is forgotten. */
import type { LabView, SessionView } from '@drydock/sandbox-server/contract'
import type { Problem } from '../client/http.ts'

export type ServerState = 'asking' | 'up' | 'static' | 'unreachable'
export type Kept = NonNullable<LabView['kept']>

export interface Conflict {
  /** The session that starting here would end. */
  session: string
  lab: string
  /** Whether the attempt was to continue from kept work. */
  resume: boolean
}

export interface Known {
  server: ServerState
  lab: LabView | null
  session: SessionView | null
  /** A request to start is under way. */
  opening: boolean
  conflict: Conflict | null
  /** The server asks for its access code. `wrong`: what it said to the last one. */
  access: { wrong: string | null } | null
  /** What went wrong with the last attempt to start. */
  problem: Problem | null
  /** Set when a session that was ours is over. */
  over: { reason: string | null } | null
}

export type PaneState =
  | { name: 'asking' }
  | { name: 'static' }
  | { name: 'unreachable' }
  | { name: 'building'; reason: string }
  | { name: 'unsupported'; reason: string }
  | { name: 'offer'; kept: Kept | null; problem: Problem | null }
  | { name: 'conflict'; conflict: Conflict }
  | { name: 'access'; wrong: string | null }
  | { name: 'queueing'; place: number; latest: number | null }
  | { name: 'starting'; progress: string | null }
  | { name: 'ready'; session: SessionView }
  | { name: 'stopping' }
  | { name: 'ended'; reason: string | null; kept: Kept | null }
  | { name: 'failed'; reason: string | null }

export function decidePane(known: Known): PaneState {
  const { session, lab } = known
  if (session) {
    if (session.state === 'starting')
      return session.queue_place !== null && session.queue_place > 0
        ? { name: 'queueing', place: session.queue_place, latest: session.queue_latest }
        : { name: 'starting', progress: session.progress }
    if (session.state === 'ready' || session.state === 'expiring') return { name: 'ready', session }
    if (session.state === 'stopping') return { name: 'stopping' }
    if (session.state === 'failed') return { name: 'failed', reason: session.reason }
  }
  if (known.opening) return { name: 'starting', progress: null }
  if (known.server === 'static') return { name: 'static' }
  if (known.server === 'unreachable') return { name: 'unreachable' }
  if (known.access) return { name: 'access', wrong: known.access.wrong }
  if (known.conflict) return { name: 'conflict', conflict: known.conflict }
  if (!lab) return { name: 'asking' }
  if (lab.available.state === 'building') return { name: 'building', reason: lab.available.reason }
  if (lab.available.state === 'unsupported') return { name: 'unsupported', reason: lab.available.reason }
  if (known.over && !known.problem) return { name: 'ended', reason: known.over.reason, kept: lab.kept }
  return { name: 'offer', kept: lab.kept, problem: known.problem }
}
