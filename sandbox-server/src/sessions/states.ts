/** The states of a session and which may follow which. */
import type { SessionState } from '../contract/sessions.ts'

const following: Record<SessionState, readonly SessionState[]> = {
  starting: ['ready', 'stopping', 'failed'],
  // starting: a reset, or nodes that were lost, begin anew in place.
  ready: ['expiring', 'stopping', 'starting', 'failed'],
  expiring: ['ready', 'stopping', 'starting', 'failed'],
  stopping: ['gone'],
  failed: ['gone'],
  gone: [],
}

export const mayFollow = (from: SessionState, to: SessionState): boolean => following[from].includes(to)

/** It counts against the learner's limit, and asking for its lab again gives it back. */
export const isActive = (state: SessionState): boolean => state === 'starting' || isUsable(state)

/** Its nodes are there to be used. */
export const isUsable = (state: SessionState): boolean => state === 'ready' || state === 'expiring'
