/** What the mock server pretends: its state, and what a test may order to happen. */
import type {
  ErrorCode,
  LabView,
  ProgressView,
  SessionEvent,
  SessionView,
  TaskState,
} from '@drydock/sandbox-server/contract'

export interface Scene {
  /** `none`: a static copy without a server; `down`: connections are cut. */
  server: 'up' | 'none' | 'down'
  available: LabView['available']
  kept: LabView['kept']
  /** How long a start takes; null: it stays where `starting` says. */
  start_ms: number | null
  starting: { progress: string | null; queue_place: number | null; queue_latest: number | null }
  start_error: ErrorCode | null
  /** What the server asks for before a lab starts. */
  access_code: string | null
  /** Another lab of this learner that runs already. */
  other: { session: string; lab: string } | null
  progress: ProgressView
}

export const freshScene = (): Scene => ({
  server: 'up',
  available: { state: 'ready' },
  kept: null,
  start_ms: 50,
  starting: { progress: 'Claiming a machine …', queue_place: null, queue_latest: null },
  start_error: null,
  access_code: null,
  other: null,
  progress: { labs: {}, last: null },
})

export interface Order {
  /** `drop` cuts the sockets once; `down` cuts everything until `up`; `gone` ends the session. */
  do?: 'clear' | 'drop' | 'down' | 'up' | 'ready' | 'gone'
  reason?: string
  scene?: Partial<Scene>
  session?: Partial<SessionView>
  task?: Partial<TaskState> & { id: string }
  engine?: Omit<Extract<SessionEvent, { type: 'engine' }>, 'type'>
  /** Written by the shell of the terminal `main`. */
  write?: string
}
