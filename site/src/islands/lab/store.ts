/** What all islands of a lesson page know together: signals, changed only by the functions of lab-actions.ts, live.ts and say.ts. */
import { computed, signal } from '@preact/signals'
import type {
  DebriefView,
  HintsView,
  LabView,
  SessionView,
  SolutionView,
  TaskState,
  TaskView,
} from '@drydock/sandbox-server/contract'
import type { SocketState } from '../client/reconnecting-socket.ts'
import type { Problem } from '../client/http.ts'
import { isPlayground } from './lab-address.ts'
import { decidePane, type Conflict, type ServerState } from './pane-state.ts'
import { countDone } from './task-status.ts'

/** Id of the lab of this page. */
export const labId = signal('')
/** What its own words call it. */
export const noun = computed(() => (isPlayground(labId.value) ? 'playground' : 'lab'))
export const server = signal<ServerState>('asking')
export const lab = signal<LabView | null>(null)
export const session = signal<SessionView | null>(null)
export const opening = signal(false)
export const conflict = signal<Conflict | null>(null)
/** What the start waits for until the access code is right. */
export const access = signal<{ wrong: string | null; start: { replace: boolean; resume: boolean } } | null>(null)
export const problem = signal<Problem | null>(null)
export const over = signal<{ reason: string | null } | null>(null)

/** The socket that brings task results; `waiting` means lost, with the time of the next attempt. */
export const live = signal<{ state: SocketState; retryAt: number | null }>({ state: 'closed', retryAt: null })
/** Null while the lab engine answers; else what is the matter, for people. */
export const engineTrouble = signal<string | null>(null)
/** Tasks passed at any time before, by task id, from `/api/progress`. */
export const passedBefore = signal<Record<string, number>>({})
export const hints = signal<Record<string, HintsView>>({})
export const solutions = signal<Record<string, SolutionView>>({})
/** Of an incident that is over. */
export const debrief = signal<DebriefView | null>(null)
/** Server's clock minus ours, in ms: deadlines are the server's. */
export const clockSkew = signal(0)
/** The learner did something that ends in a terminal: the next one that opens takes the keyboard. A page that loads must not. */
export const wantsTerminal = signal(false)
/** A short sentence about the last thing that did not work; goes away by itself. */
export const notice = signal<string | null>(null)

export const pane = computed(() =>
  decidePane({
    server: server.value,
    lab: lab.value,
    session: session.value,
    opening: opening.value,
    conflict: conflict.value,
    access: access.value,
    problem: problem.value,
    over: over.value,
  }),
)
export const isReady = computed(() => pane.value.name === 'ready')

export const taskStates = computed<Record<string, TaskState>>(() =>
  Object.fromEntries((session.value?.tasks ?? []).map((task) => [task.id, task])),
)
/** A task's words: those of the session where they are its own. */
export function wordsOf(task: Pick<TaskView, 'id' | 'goal' | 'acts'>): { goal: string; acts: string | undefined } {
  const own = session.value?.texts[task.id]
  return { goal: own?.goal ?? task.goal, acts: own?.acts ?? task.acts }
}
export const done = computed(() => countDone(session.value?.tasks ?? []))
