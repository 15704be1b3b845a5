/** The one session of the mock server, with its shells and whoever listens. */
import type { LabView, SessionEvent, SessionView, TaskState } from '@drydock/sandbox-server/contract'
import type { WebSocket } from 'ws'
import { FakeShell } from './fake-shell.ts'
import type { Scene } from './scene.ts'

const minute = 60_000

export class MockSession {
  view: SessionView
  readonly shells = new Map<string, FakeShell>()
  readonly listeners = new Set<WebSocket>()
  readonly terminals = new Set<WebSocket>()

  constructor(lab: LabView, scene: Scene, resume: boolean) {
    const kept = resume ? (scene.kept?.tasks ?? []) : []
    this.view = {
      id: 'S3SSION',
      lab: lab.id,
      state: 'starting',
      ...scene.starting,
      reason: null,
      created_at: Date.now(),
      deadline: null,
      extend_ms: 20 * minute,
      extensions_left: 2,
      nodes: ['node1'],
      setting_up: false,
      pager: lab.pager ?? null,
      texts: {},
      terminals: [{ id: 'main', node: 'node1', title: 'node1' }],
      ports: [],
      tasks: lab.tasks.map(({ id, type, check }) => ({
        id,
        type,
        check,
        done: type === 'guard' || kept.includes(id),
        outcome: type === 'guard' ? { status: 'pass' } : null,
        checking: false,
        checked_at: null,
        tries: 0,
        hints_taken: [],
        shown: false,
      })),
    }
    if (scene.start_ms !== null) setTimeout(() => this.becomeReady(), scene.start_ms)
  }

  send(event: SessionEvent): void {
    for (const socket of this.listeners) socket.send(JSON.stringify(event))
  }

  change(part: Partial<SessionView>): SessionView {
    this.view = { ...this.view, ...part }
    this.send({ type: 'session', now: Date.now(), session: this.view })
    return this.view
  }

  becomeReady(): void {
    if (this.view.state !== 'starting') return
    for (const terminal of this.view.terminals) this.openShell(terminal.id)
    this.change({ state: 'ready', progress: null, queue_place: null, deadline: Date.now() + 45 * minute })
  }

  openShell(id: string): void {
    this.shells.set(id, new FakeShell((line) => this.#run(line)))
  }

  changeTask(id: string, part: Partial<TaskState>): TaskState | undefined {
    const tasks = this.view.tasks.map((t) => (t.id === id ? { ...t, checked_at: Date.now(), ...part } : t))
    this.view = { ...this.view, tasks }
    const task = tasks.find((t) => t.id === id)
    if (task) this.send({ type: 'task', task })
    return task
  }

  end(reason: string | null): void {
    this.change({ state: 'gone', reason })
    for (const socket of [...this.listeners, ...this.terminals]) socket.close(4410)
  }

  cut(): void {
    for (const socket of [...this.listeners, ...this.terminals]) socket.terminate()
  }

  #run(line: string): string {
    const [verb, id] = line.split(' ')
    if (verb === 'pass' && id !== undefined)
      this.changeTask(id, { done: true, outcome: { status: 'pass', observed: `\`${id}\` is as it should be` } })
    if (verb === 'exit') for (const socket of this.terminals) socket.send(JSON.stringify({ type: 'exit', code: 0 }))
    return ''
  }
}
