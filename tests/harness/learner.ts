/** One person at the HTTP API and its sockets, with a cookie jar: what a browser does, without one. */
import {
  labView,
  sessionEvent,
  sessionView,
  type ErrorBody,
  type LabView,
  type SessionEvent,
  type SessionView,
  type TaskState,
} from '@drydock/sandbox-server/contract'
import { hear, type Heard } from './heard.ts'
import { openTerminal, type TerminalClient, type TerminalOptions } from './terminal.ts'

export interface Answer<T = unknown> {
  status: number
  headers: Headers
  body: T
}

export interface Learner {
  readonly url: string
  /** The cookie header as sent; empty before the first answer. */
  cookie: string
  /** JSON in and out; answers of any status. A body that is a string is sent as it is. */
  request<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  labs(): Promise<LabView[]>
  /** Asks for a session and waits until it is ready (default 60 s). Fails with the server's reason. */
  start(lab: string, options?: { replace?: boolean; resume?: boolean; timeout_ms?: number }): Promise<SessionView>
  session(id: string): Promise<SessionView>
  end(id: string): Promise<void>
  /** Live events of a session. */
  events(session: string): Promise<EventClient>
  terminal(session: string, options?: TerminalOptions): Promise<TerminalClient>
  /** Resolves with the first state of the task that satisfies `wanted`. */
  task(session: string, task: string, wanted: (state: TaskState) => boolean, timeout_ms?: number): Promise<TaskState>
}

export type EventClient = Heard<SessionEvent>

/** The server refused: carries its body. */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly code: string
  constructor(what: string, answer: Answer) {
    const error = (answer.body as Partial<ErrorBody> | undefined)?.error
    super(`${what}: ${answer.status} ${error?.code ?? ''} ${error?.message ?? JSON.stringify(answer.body)}`)
    this.status = answer.status
    this.code = error?.code ?? ''
  }
}

export function createLearner(url: string): Learner {
  const jar = new Map<string, string>()
  const learner: Learner = {
    url,
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(text) {
      jar.clear()
      for (const pair of text.split('; ').filter(Boolean))
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    },
    async request<T>(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answer<T>> {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await fetch(new URL(path, url), {
        method,
        headers: { ...(jar.size > 0 ? { cookie: learner.cookie } : {}), origin: url, ...type, ...headers },
        redirect: 'manual',
        ...sent,
      })
      for (const cookie of answer.headers.getSetCookie()) {
        const pair = cookie.split(';')[0] ?? ''
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: parse(text) as T }
    },
    async labs() {
      return labView.array().parse(await expectOk(learner.request('GET', '/api/labs'), 'labs'))
    },
    async start(lab, { timeout_ms = 60_000, ...options } = {}) {
      const made = sessionView.parse(
        await expectOk(learner.request('POST', '/api/sessions', { lab, ...options }), `start ${lab}`),
      )
      if (made.state === 'ready') return made
      const events = await learner.events(made.id)
      try {
        const event = await events.find((e) => e.type === 'session' && e.session.state !== 'starting', timeout_ms)
        const session = event.type === 'session' ? event.session : made
        if (session.state !== 'ready')
          throw new Error(`${lab} is ${session.state}: ${session.reason ?? 'no reason given'}`)
        return session
      } finally {
        events.close()
      }
    },
    async session(id) {
      return sessionView.parse(await expectOk(learner.request('GET', `/api/sessions/${id}`), `session ${id}`))
    },
    async end(id) {
      const answer = await learner.request('DELETE', `/api/sessions/${id}`)
      if (answer.status >= 400 && answer.status !== 410) throw new Refused(`end ${id}`, answer)
    },
    events: (session) => hear(learner, `/api/sessions/${session}/events`, (json) => sessionEvent.parse(json)),
    terminal: (session, options) => openTerminal(learner, session, options),
    async task(session, task, wanted, timeout_ms = 20_000) {
      const events = await learner.events(session)
      const match = (event: SessionEvent): TaskState | undefined => {
        const states = event.type === 'session' ? event.session.tasks : event.type === 'task' ? [event.task] : []
        return states.find((state) => state.id === task && wanted(state))
      }
      try {
        const event = await events.find((e) => match(e) !== undefined, timeout_ms)
        return match(event) as TaskState
      } catch (error) {
        const last = events.all.findLast((e) => e.type === 'task' && e.task.id === task)
        throw new Error(`task ${task} did not get there: ${JSON.stringify(last)}`, { cause: error })
      } finally {
        events.close()
      }
    },
  }
  return learner
}

async function expectOk(asked: Promise<Answer>, what: string): Promise<unknown> {
  const answer = await asked
  if (answer.status >= 400) throw new Refused(what, answer)
  return answer.body
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
