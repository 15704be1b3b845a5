/** What a workshop's state is called. */
import type { WorkshopState } from '@drydock/sandbox-server/contract'

export const stateWords: Record<WorkshopState, string> = {
  planned: 'planned',
  waiting: 'doors open',
  running: 'running',
  paused: 'paused',
  ended: 'over',
}
