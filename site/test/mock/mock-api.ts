/** The routes of the contract, answered from a scene and at most one session. */
import {
  createSession,
  errors,
  type DebriefView,
  type Deed,
  type ErrorCode,
  type LabView,
} from '@drydock/sandbox-server/contract'
import { playgrounds } from '@drydock/kit/playground'
import { loadLab, outlineLab } from '../../src/content/labs.ts'
import { MockSession } from './mock-session.ts'
import { freshScene, type Order, type Scene } from './scene.ts'

export interface Reply {
  status: number
  json?: unknown
}

export class MockApi {
  scene: Scene = freshScene()
  session: MockSession | undefined
  down = false
  readonly #labs: string

  constructor(labs: string) {
    this.#labs = labs
  }

  direct(order: Order): void {
    if (order.do === 'clear') {
      this.session?.end(null)
      this.session = undefined
      this.scene = freshScene()
      this.down = false
    }
    if (order.do === 'down') this.down = true
    if (order.do === 'up') this.down = false
    if (order.do === 'drop' || order.do === 'down') this.session?.cut()
    if (order.do === 'ready') this.session?.becomeReady()
    if (order.do === 'gone') this.#end(order.reason ?? null)
    if (order.session) this.session?.change(order.session)
    if (order.task) this.session?.changeTask(order.task.id, order.task)
    if (order.engine) this.session?.send({ type: 'engine', ...order.engine })
    if (order.write !== undefined) this.session?.shells.get('main')?.write(order.write)
    Object.assign(this.scene, order.scene)
  }

  answer(method: string, path: string, body: unknown): Reply {
    const [, first, id, third, fourth, fifth] = path.split('/')
    if (first === 'progress') return { status: 200, json: this.scene.progress }
    if (first === 'access') return this.#enter(body)
    if (first === 'learner') return { status: 204 }
    if (first === 'labs') {
      const lab = this.#lab(`${id}/${third}`)
      return lab ? { status: 200, json: lab } : refuse('LAB_UNKNOWN')
    }
    if (first !== 'sessions') return refuse('NOT_FOUND')
    if (id === undefined)
      return method === 'GET' ? { status: 200, json: this.session ? [this.session.view] : [] } : this.#create(body)
    const session = this.session
    if (!session || id !== session.view.id) return refuse('SESSION_UNKNOWN')
    if (third === undefined) return method === 'GET' ? { status: 200, json: session.view } : this.#leave()
    if (third === 'extend') return { status: 200, json: this.#extend(session) }
    if (third === 'reset') return this.#create({ lab: session.view.lab })
    if (third === 'continue')
      return { status: 200, json: session.change({ state: 'starting', progress: 'Doing step 1 of 2 for you.' }) }
    if (third === 'debrief') return debriefOf(session)
    if (third === 'terminals') return changeTerminals(session, method, fourth)
    return this.#task(session, method, fourth, fifth)
  }

  #lab(id: string): LabView | undefined {
    const playground = playgrounds.find((each) => each.id === id)
    const outline = playground ? outlineLab(id, playground.manifest) : loadLab(id, this.#labs)
    return outline && { ...outline, available: this.scene.available, kept: this.scene.kept }
  }

  #create(body: unknown): Reply {
    const wanted = createSession.parse(body)
    const lab = this.#lab(wanted.lab)
    if (!lab) return refuse('LAB_UNKNOWN')
    if (this.scene.access_code !== null) return refuse('ACCESS_CODE')
    if (this.scene.start_error) return refuse(this.scene.start_error)
    if (this.scene.other && !wanted.replace) return refuse('SESSION_LIMIT', this.scene.other)
    this.scene.other = null
    const before = this.session
    const session = new MockSession(lab, this.scene, wanted.resume)
    this.session = session
    if (before) {
      for (const socket of before.listeners) session.listeners.add(socket)
      for (const socket of before.terminals) socket.close(4404)
      session.change({})
    }
    return { status: 201, json: session.view }
  }

  #enter(body: unknown): Reply {
    if ((body as { code?: string }).code !== this.scene.access_code) {
      const { status, json } = refuse('ACCESS_CODE')
      const { error } = json as { error: object }
      return { status, json: { error: { ...error, message: 'That is not the access code of this server.' } } }
    }
    this.scene.access_code = null
    return { status: 204 }
  }

  #leave(): Reply {
    setTimeout(() => this.#end('You ended it.'), 30)
    return { status: 204 }
  }

  #end(reason: string | null): void {
    const tasks = this.session?.view.tasks.filter((task) => task.done && task.type === 'once') ?? []
    this.scene.kept = { at: Date.now(), bytes: 48_213, tasks: tasks.map((task) => task.id) }
    this.session?.end(reason)
    this.session = undefined
  }

  #extend(session: MockSession): unknown {
    const { deadline, extend_ms, extensions_left } = session.view
    return session.change({
      state: 'ready',
      deadline: (deadline ?? 0) + extend_ms,
      extensions_left: extensions_left - 1,
    })
  }

  #task(session: MockSession, method: string, id: string | undefined, what: string | undefined): Reply {
    const task = session.view.tasks.find((t) => t.id === id)
    const total = this.#lab(session.view.lab)?.tasks.find((t) => t.id === id)?.hints ?? 0
    if (!task) return refuse('TASK_UNKNOWN')
    if (what === 'hints') {
      const more = method === 'POST' && task.hints_taken.length < total ? [`h${task.hints_taken.length}`] : []
      const taken = [...task.hints_taken, ...more]
      session.changeTask(task.id, { hints_taken: taken })
      const text = (i: number) => `This is hint ${i + 1}: look at \`docker build\` once more.`
      return { status: 200, json: { shown: taken.map((hint, i) => ({ id: hint, text: text(i) })), total } }
    }
    if (what === 'solution') {
      const why = 'The name of an image is given when it is built, with `-t`.'
      return { status: 200, json: { why, script: 'cd ~/shop\ndocker build -t shop .' } }
    }
    if (what !== 'check') return refuse('NOT_FOUND')
    const outcome = {
      status: 'fail',
      expected: 'step `[3/4]` is CACHED after an edit of `app.py`',
      observed: 'step `[3/4] RUN pip install` ran again, 38 s',
      hint: 'ignore',
    } as const
    setTimeout(() => session.changeTask(task.id, { checking: false, tries: task.tries + 1, outcome }), 300)
    return { status: 202, json: session.changeTask(task.id, { checking: true }) }
  }
}

/** As after twenty minutes of work on an incident. */
function debriefOf(session: MockSession): Reply {
  const { created_at, tasks } = session.view
  const [first, second] = tasks.filter((task) => task.type !== 'guard')
  if (!tasks.every((task) => task.done)) return refuse('FORBIDDEN')
  const deed = (minute: number, kind: Deed['kind'], task: string | null = null) => ({
    ...{ at: created_at + minute * 60_000, kind, task },
  })
  const json: DebriefView = {
    cause:
      'The new image was built with a start command that does not exist in it, so each start ended with exit code 127.',
    fix: 'Name the program as it is called in the image, and roll out again: `docker compose up -d`.',
    prevention:
      'Start the image once in the pipeline before it is tagged; a container that ends within a second is no release.',
    early:
      'The restart count of `api` rose from the minute of the deployment. An alert on it rings before customers do.',
    began_at: created_at,
    timeline: [
      deed(2.1, 'hint', first?.id ?? null),
      deed(4.6, 'passed', first?.id ?? null),
      deed(5.2, 'lost', first?.id ?? null),
      deed(6.4, 'passed', second?.id ?? null),
      deed(11.7, 'finished'),
    ],
    others: { count: 14, median_ms: 9.4 * 60_000 },
  }
  return { status: 200, json }
}

function changeTerminals(session: MockSession, method: string, id: string | undefined): Reply {
  const { terminals } = session.view
  if (method === 'DELETE') {
    session.change({ terminals: terminals.filter((terminal) => terminal.id !== id) })
    return { status: 204 }
  }
  const number = terminals.length + 1
  const view = { id: `t${number}`, node: 'node1', title: `node1 (${number})` }
  session.openShell(view.id)
  session.change({ terminals: [...terminals, view] })
  return { status: 201, json: view }
}

function refuse(code: ErrorCode, details?: Record<string, unknown>): Reply {
  const { status, message, retry } = errors[code]
  return { status, json: { error: { code, message, retry, ...(details ? { details } : {}) } } }
}
