/** What a learner can do with a lab. Each function asks the server, shows its answer, and puts a refusal into words. */
import { api } from '../client/api.ts'
import { decideDelay } from '../client/backoff.ts'
import type { Answer } from '../client/http.ts'
import { expectWorkspace } from '../workspace/load-workspace.ts'
import { attachSession, finish, takeSession, takeTask } from './live.ts'
import { loadLab, loadProgress, watchAwake } from './load-lab.ts'
import { say } from './say.ts'
import * as store from './store.ts'

/** Opens the page's lab: shows what is running at once, else what could be started. Returns how to stop. */
export function openLab(id: string): () => void {
  store.labId.value = id
  void findRunning()
  void loadLab()
  void loadProgress()
  return watchAwake()
}

async function findRunning(): Promise<void> {
  const answer = await api.sessions()
  const wanted = location.hash === '#start'
  if (wanted) history.replaceState(null, '', location.pathname + location.search)
  const same = answer.ok ? answer.value.filter((s) => s.lab === store.labId.value && s.state !== 'gone') : []
  // One that ends may stand beside the one that took its place.
  const mine = same.find((s) => s.state !== 'stopping') ?? same[0]
  if (mine && mine.state !== 'failed') attachSession(mine)
  else if (wanted && answer.ok) await startLab({})
}

const patience = { first_ms: 4000, most_ms: 20_000 }
let retry: ReturnType<typeof setTimeout> | undefined
let attempts = 0

export async function startLab({ replace = false, resume = false }): Promise<void> {
  clearTimeout(retry)
  if (store.opening.value) return
  store.opening.value = true
  expectWorkspace()
  store.wantsTerminal.value = true
  store.problem.value = null
  store.conflict.value = null
  store.access.value = null
  const answer = await api.create(store.labId.value, { replace, resume })
  if (answer.ok) {
    attempts = 0
    return attachSession(answer.value)
  }
  store.opening.value = false
  store.session.value = null
  const { code, details } = answer.problem
  if (code === 'SESSION_LIMIT')
    store.conflict.value = { session: String(details['session']), lab: String(details['lab']), resume }
  else if (code === 'ACCESS_CODE') store.access.value = { wrong: null, start: { replace, resume } }
  else if (code === 'UNREACHABLE') {
    store.server.value = 'unreachable'
    await loadLab()
  } else {
    store.problem.value = answer.problem
    if (code === 'LAB_NOT_BUILT' || code === 'LAB_UNSUPPORTED') await loadLab()
    // Both say in their words that this page tries again by itself.
    if (code === 'ENGINE_UNAVAILABLE' || code === 'SHUTTING_DOWN')
      retry = setTimeout(() => void startLab({ replace, resume }), decideDelay(attempts++, Math.random(), patience))
  }
}

/** The learner gives the access code; the start that asked for it goes on. */
export async function giveCode(code: string): Promise<void> {
  const asked = store.access.value
  if (!asked) return
  const answer = await api.giveCode(code)
  if (answer.ok) await startLab(asked.start)
  else store.access.value = { ...asked, wrong: answer.problem.message }
}

export function leaveCode(): void {
  store.access.value = null
}

/** Back from "this would end your other lab". */
export function keepOther(): void {
  store.conflict.value = null
}

export async function endLab(): Promise<void> {
  const session = store.session.value
  if (!session) return
  const before = session.state
  store.session.value = { ...session, state: 'stopping' }
  const answer = await api.end(session.id)
  if (answer.ok) {
    // The server may still be packing the work folder: its event says when. A failed lab has nothing to wait for.
    if (before === 'failed' || before === 'starting') finish(null)
  } else if (answer.problem.code === 'SESSION_UNKNOWN' || answer.problem.code === 'SESSION_ENDED') finish(null)
  else if (store.session.value) {
    store.session.value = { ...store.session.value, state: before }
    say(answer.problem)
  }
}

export const extendLab = () => onSession(async (id) => show(await api.extend(id), takeSession))
export const resetLab = () => onSession(async (id) => show(await api.reset(id), takeSession))
export const continueFrom = (task: string) =>
  onSession(async (id) => show(await api.continueFrom(id, task), takeSession))
/** Asked for once it may be told; the server decides. */
export const loadDebrief = () =>
  onSession(async (id) => show(await api.debrief(id), (view) => (store.debrief.value = view)))
export const checkTask = (task: string) => onSession(async (id) => show(await api.check(id, task), takeTask))

export const openHint = (task: string) =>
  onSession(async (id) =>
    show(await api.nextHint(id, task), (view) => (store.hints.value = { ...store.hints.value, [task]: view })),
  )

export const openSolution = (task: string) =>
  onSession(async (id) =>
    show(await api.solution(id, task), (view) => (store.solutions.value = { ...store.solutions.value, [task]: view })),
  )

async function onSession(act: (id: string) => Promise<void>): Promise<void> {
  const id = store.session.value?.id
  if (id !== undefined) await act(id)
}

function show<T>(answer: Answer<T>, take: (value: T) => void): void {
  if (answer.ok) {
    // An answer without a body means: the news comes over the events socket.
    if (answer.value !== undefined) take(answer.value)
  } else say(answer.problem)
}
