/** A session together with what works for it in this process: its grading, its place on the server, the start that is under way. */
import type { Deed } from '../contract/sessions.ts'
import type { TaskDeed } from '../database/learner-store.ts'
import type { SessionRecord, SessionStore } from '../database/session-store.ts'
import type { Lab } from '../grading/lab.ts'
import { SessionGrading } from '../grading/session-grading.ts'
import { TaskBoard, type Recorded, type SavedTask } from '../grading/task-board.ts'
import { createPortWatch } from '../preview/port-watch.ts'
import { createXray, type Xray } from '../xray/xray.ts'
import type { Logger } from 'pino'
import { Session } from './session.ts'
import type { Ticket } from './start-queue.ts'

export interface LiveSession {
  readonly session: Session
  readonly grading: SessionGrading
  readonly xray: Xray
  /** Its place on this server, once it has one. */
  ticket: Ticket | undefined
  /** A start or a reset that is under way; never rejects. */
  work: Promise<void>
  /** The end that is under way. */
  ending: Promise<void> | undefined
  /** Network that it was asked for from; not known after a restart of the server. */
  address: string | undefined
  /** CPU time of its nodes when it was last looked at. */
  cpu: { at: number; ms: number } | undefined
  /** Keeps for the time line that this was done; never rejects. */
  note(kind: Deed['kind'], task: string | null): Promise<void>
  /** Keeps what a task came to, with the learner's progress and the time line. Rejects, and keeps nothing of it, when the database cannot. */
  record(task: string, achieved: readonly TaskDeed[], kinds: readonly Deed['kind'][]): Promise<void>
  /** A hint is opened, which counts as help. Rejects when it could not be kept. */
  takeHint(task: string, hint: string): Promise<void>
}

export interface LiveSessionOptions {
  record: SessionRecord
  lab: Lab
  saved: readonly SavedTask[]
  extend_ms: number
  store: SessionStore
  logger: Logger
  now: () => number
}

export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { lab, saved, extend_ms, store, now } = options
  const logger = options.logger.child({ session: options.record.id, lab: lab.id })
  const onError = (error: unknown) => logger.error({ err: error }, 'listener failed')
  const board = new TaskBoard(lab.manifest.tasks, saved)
  const session = new Session({ record: options.record, lab, board, extend_ms, now, onError })

  const ports = createPortWatch((found) => session.setPorts(found))
  const xray = createXray({ nodes: () => session.nodes, names: session.view().nodes, onError, now })
  const note: LiveSession['note'] = async (kind, task) =>
    store
      .note(session.id, { at: now(), kind, task })
      .catch((error: unknown) => logger.error({ err: error, kind, task }, 'deed could not be stored'))
  const record: LiveSession['record'] = async (task, achieved, kinds) => {
    const at = now()
    // Being finished is the lab's, not the task's that was the last.
    const deeds = kinds.map((kind) => ({ at, kind, task: kind === 'finished' ? null : task }))
    await store.record({ id: session.id, learner: session.learner, lab: lab.id }, board.saved(task), {
      achieved,
      deeds,
    })
  }
  const takeHint: LiveSession['takeHint'] = async (task, hint) => {
    session.events.publish({ type: 'task', task: board.takeHint(task, hint) })
    await record(task, [{ hints: 1 }], ['hint'])
  }
  let finished = false
  /** Whether the lab is done with what was just recorded, and was not before. Asked at once: while one thing is stored, the next is recorded. */
  const finishes = () => {
    const states = board.list()
    const before = finished
    finished = states.every((state) => state.done)
    return finished && !before && !states.some((state) => state.shown)
  }
  const keepRecorded = async (task: string, { firstPass, tried, lost, state }: Recorded, last: boolean) => {
    if (firstPass) logger.info({ task, tries: state.tries }, 'task passed')
    if (!firstPass && !tried && !lost && !last) return
    const achieved: TaskDeed[] = [
      ...(firstPass ? [{ passed_at: now() }] : []),
      ...(tried ? [{ tries: 1 as const }] : []),
    ]
    const kinds = [firstPass && 'passed', lost && 'lost', last && 'finished'] as const
    await record(
      task,
      achieved,
      kinds.filter((kind) => kind !== false),
    ).catch((error: unknown) => logger.error({ err: error, task }, 'progress could not be stored'))
  }
  /** One after the other, so that the time line tells what happened in the order in which it did. */
  let recording = Promise.resolve()
  const grading = new SessionGrading({
    lab,
    values: session.values,
    seed: options.record.seed,
    board,
    logger,
    onChange: (task) => session.events.publish({ type: 'task', task }),
    onRecorded(task, recorded) {
      const last = finishes()
      recording = recording.then(async () => keepRecorded(task, recorded, last))
      return recording
    },
    onEngine(nodes) {
      ports.look(nodes)
      xray.look()
    },
    onEvent: (node, event) => xray.note(node, event),
    onNodeEngine(node, up) {
      const message = up ? `The Docker Engine of ${node} answers again.` : `The Docker Engine of ${node} has stopped.`
      session.events.publish({ type: 'engine', up, message })
    },
  })
  session.traffic.subscribe((direction) => (direction === 'input' ? grading.noteInput() : grading.noteOutput()))
  return {
    session,
    grading,
    xray,
    ticket: undefined,
    work: Promise.resolve(),
    ending: undefined,
    address: undefined,
    cpu: undefined,
    note,
    record,
    takeHint,
  }
}
