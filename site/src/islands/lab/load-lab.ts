/** Asks the server about the lab of this page, and again by itself while the answer is "not now". */
import type { LabView } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { decideDelay } from '../client/backoff.ts'
import { browserWorld } from '../client/reconnecting-socket.ts'
import * as store from './store.ts'

let timer: ReturnType<typeof setTimeout> | undefined
let attempt = 0

export async function loadLab(): Promise<void> {
  clearTimeout(timer)
  const answer = await api.lab(store.labId.value)
  if (answer.ok) {
    store.server.value = 'up'
    store.lab.value = answer.value
    if (answer.value.available.state === 'building') again()
    else attempt = 0
    return
  }
  const { problem } = answer
  if (problem.code === 'UNREACHABLE') store.server.value = 'unreachable'
  else if (problem.code === 'NOT_OUR_SERVER' || problem.code === 'NOT_FOUND') store.server.value = 'static'
  else {
    store.server.value = 'up'
    store.lab.value ??= {
      ...unknownLab,
      id: store.labId.value,
      available: { state: 'building', reason: problem.message },
    }
  }
  if (problem.retry) again()
}

/** Stands in while the server is up but cannot say anything about the lab. */
const unknownLab = {
  title: '',
  summary: '',
  kind: 'guided' as const,
  minutes: 1,
  nodes: 1,
  folder: '',
  tasks: [],
  kept: null,
} satisfies Omit<LabView, 'id' | 'available'>

function again(): void {
  timer = setTimeout(() => void loadLab(), decideDelay(attempt++, Math.random(), { first_ms: 1000, most_ms: 10_000 }))
}

/** Tries at once when the browser is online or visible again. */
export function watchAwake(): () => void {
  return browserWorld.onAwake(() => store.server.value === 'unreachable' && void loadLab())
}

/** Which tasks were ever passed: shown while no lab runs. */
export async function loadProgress(): Promise<void> {
  const answer = await api.progress()
  if (answer.ok) store.passedBefore.value = answer.value.labs[store.labId.value]?.passed ?? {}
}
