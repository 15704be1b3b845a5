/** Sessions as the browser sees them, and the live events about them. All times are epoch milliseconds of the server's clock. */
import { z } from 'zod'
import { labId, taskType, checkKind } from '@drydock/kit/schema'
import { outcome } from '@drydock/kit'
import { errorCodes } from './errors.ts'
import { nodeName, portView } from './preview.ts'

export const sessionState = z.enum(['starting', 'ready', 'expiring', 'stopping', 'gone', 'failed'])
export type SessionState = z.infer<typeof sessionState>

/** Where one task stands. `outcome` is null until the first check ran. */
export const taskState = z.object({
  id: z.string(),
  type: taskType,
  check: checkKind,
  /** Counts as done: a `once` task that ever passed, a `holds` or `guard` that passes now. */
  done: z.boolean(),
  outcome: outcome.nullable(),
  checking: z.boolean(),
  checked_at: z.number().nullable(),
  tries: z.int(),
  hints_taken: z.array(z.string()),
  /** It was done for the learner, by the solution's step, and is no pass of theirs. */
  shown: z.boolean(),
})
export type TaskState = z.infer<typeof taskState>

export const terminalView = z.object({ id: z.string(), node: z.string(), title: z.string() })
export type TerminalView = z.infer<typeof terminalView>

export const sessionView = z.object({
  id: z.string(),
  lab: labId,
  state: sessionState,
  /** Only while `starting`: what is going on, for people; and the place in the queue (1 is next) when the server is full. */
  progress: z.string().nullable(),
  queue_place: z.int().nullable(),
  /** By when it starts at the latest, while it waits in the queue; null when that cannot be promised. */
  queue_latest: z.number().nullable(),
  /** Only when `failed` or `gone`: why, for people. */
  reason: z.string().nullable(),
  created_at: z.number(),
  /** When it ends; null while it starts. */
  deadline: z.number().nullable(),
  /** How often and how far the deadline can still be moved. */
  extend_ms: z.int(),
  extensions_left: z.int(),
  nodes: z.array(z.string()),
  /** What the lab begins with is still being made in its nodes. They can be used meanwhile; nothing is graded yet. */
  setting_up: z.boolean(),
  /** Of an incident: the message that wakes one up. */
  pager: z.string().nullable(),
  /** By task, where the words are this session's own: instead of those of the lab's view, which leave them open. */
  texts: z.record(z.string(), z.object({ goal: z.string(), acts: z.string().nullable() })),
  terminals: z.array(terminalView),
  /** What containers of its nodes publish at the moment. */
  ports: z.array(portView),
  tasks: z.array(taskState),
})
export type SessionView = z.infer<typeof sessionView>

export const createSession = z.strictObject({
  lab: labId,
  /** End the session that is in the way (see SESSION_LIMIT). */
  replace: z.boolean().default(false),
  /** Start with the files and passed tasks that were kept of the last session of this lab. */
  resume: z.boolean().default(false),
})
/** `shown`: opened hints in the order they were taken; `total`: how many this task has. */
export const hintsView = z.object({ shown: z.array(z.object({ id: z.string(), text: z.string() })), total: z.int() })
/** `script`: the reference solution of the task as shell; `why`: its reasoning. */
export const solutionView = z.object({ script: z.string(), why: z.string() })
/** Something that was done in a session, for its time line. `task` is null where it is about all of it. */
export const deed = z.object({
  at: z.number(),
  kind: z.enum(['passed', 'lost', 'hint', 'solution', 'shown', 'reset', 'finished']),
  task: z.string().nullable(),
})
export type Deed = z.infer<typeof deed>
/** What an incident was about, once it is over. `others`: how long other learners took, when there are enough of them. */
export const debriefView = z.object({
  cause: z.string(),
  fix: z.string(),
  prevention: z.string(),
  early: z.string(),
  began_at: z.number(),
  timeline: z.array(deed),
  others: z.object({ count: z.int(), median_ms: z.number() }).nullable(),
})
export type DebriefView = z.infer<typeof debriefView>
/** `task`: the one to go on with; those before it are done on fresh machines, as the solution does them. */
export const continueSession = z.strictObject({ task: z.string().max(100) })
export type HintsView = z.infer<typeof hintsView>
export type SolutionView = z.infer<typeof solutionView>
export const openTerminal = z.strictObject({ node: nodeName.default('node1') })
export const renameTerminal = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, { error: 'a name without control characters' }),
})

/** Server to browser on `/api/sessions/:id/events`; the first message is always `session`. */
export const sessionEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), now: z.number(), session: sessionView }),
  z.object({ type: z.literal('task'), task: taskState }),
  /** The connection to the lab engine or to this node's engine was lost or came back. */
  z.object({ type: z.literal('engine'), up: z.boolean(), message: z.string() }),
  z.object({ type: z.literal('error'), code: z.enum(errorCodes), message: z.string() }),
])
export type SessionEvent = z.infer<typeof sessionEvent>
/** Browser to server on the same socket: a sign of life, and whether the page's tab can be seen. */
export const sessionCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('visible'), visible: z.boolean() }),
])
export type SessionCommand = z.infer<typeof sessionCommand>
