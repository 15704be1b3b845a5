/** Keeps a session in step with the server: the events socket, and what to do when it says that the session is over. */
import type { SessionCommand, SessionEvent, SessionView, TaskState } from '@drydock/sandbox-server/contract'
import { batch } from '@preact/signals'
import { api, socketUrl } from '../client/api.ts'
import { ReconnectingSocket } from '../client/reconnecting-socket.ts'
import { expectWorkspace } from '../workspace/load-workspace.ts'
import * as store from './store.ts'
import { loadLab, loadProgress } from './load-lab.ts'

let socket: ReconnectingSocket | undefined

/** A hidden tab keeps its lab longer, because nobody sees a warning in it. */
function tellVisible(): void {
  const command: SessionCommand = { type: 'visible', visible: document.visibilityState === 'visible' }
  socket?.send(JSON.stringify(command))
}

/** Returns how to stop. */
export function watchVisible(): () => void {
  document.addEventListener('visibilitychange', tellVisible)
  return () => document.removeEventListener('visibilitychange', tellVisible)
}

/** Shows this session and follows it until it is over. */
export function attachSession(session: SessionView): void {
  expectWorkspace()
  socket?.close()
  batch(() => {
    store.session.value = session
    store.opening.value = false
    store.conflict.value = null
    store.problem.value = null
    store.over.value = null
    store.engineTrouble.value = null
    store.hints.value = {}
    store.solutions.value = {}
    store.debrief.value = null
  })
  void loadTakenHints(session)
  const { id } = session
  socket = new ReconnectingSocket({
    url: () => socketUrl(`/sessions/${encodeURIComponent(id)}/events`),
    onMessage: (data) => typeof data === 'string' && takeEvent(data),
    onState: (state, { retryInMs }) => {
      if (state === 'open') tellVisible()
      store.live.value = { state, retryAt: retryInMs === null ? null : Date.now() + retryInMs }
      // A refused or final close: ask what became of the session. While waiting for a retry the same question tells "ended" from "lost".
      if ((state === 'closed' && store.session.value?.id === id) || state === 'waiting') void lookAgain(id)
    },
  })
}

/** Leaves the session without ending it. */
export function detachSession(): void {
  const last = socket
  socket = undefined
  store.session.value = null
  last?.close()
}

function takeEvent(text: string): void {
  let event: SessionEvent
  try {
    event = JSON.parse(text) as SessionEvent
  } catch {
    return
  }
  switch (event.type) {
    case 'session':
      socket?.settle()
      store.clockSkew.value = event.now - Date.now()
      takeSession(event.session)
      break
    case 'task':
      takeTask(event.task)
      break
    case 'engine':
      store.engineTrouble.value = event.up ? null : event.message
      break
    case 'error':
      store.notice.value = event.message
      break
  }
}

export function takeSession(session: SessionView): void {
  if (session.state === 'gone') finish(session.reason)
  else store.session.value = session
}

export function takeTask(task: TaskState): void {
  const session = store.session.value
  if (!session) return
  store.session.value = { ...session, tasks: session.tasks.map((other) => (other.id === task.id ? task : other)) }
}

/** The session is over: what was kept of it is in the lab's view. */
export function finish(reason: string | null): void {
  batch(() => {
    store.over.value = { reason }
    detachSession()
  })
  void loadLab()
  void loadProgress()
}

async function lookAgain(id: string): Promise<void> {
  const answer = await api.session(id)
  if (store.session.value?.id !== id) return
  if (answer.ok) takeSession(answer.value)
  else if (answer.problem.code === 'SESSION_UNKNOWN' || answer.problem.code === 'SESSION_ENDED') finish(null)
  else if (answer.problem.code === 'UNAUTHENTICATED') finish(answer.problem.message)
}

async function loadTakenHints(session: SessionView): Promise<void> {
  for (const task of session.tasks.filter((t) => t.hints_taken.length > 0)) {
    const answer = await api.hints(session.id, task.id)
    if (answer.ok && store.session.value?.id === session.id)
      store.hints.value = { ...store.hints.value, [task.id]: answer.value }
  }
}
