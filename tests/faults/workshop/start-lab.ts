/** How a simulated learner comes to a lab: asks, waits in the queue if there is one, and asks again when the start was cut off. */
import { setTimeout as delay } from 'node:timers/promises'
import type { SessionView } from '@drydock/sandbox-server/contract'
import { Refused, type Learner } from '../../harness/learner.ts'
import { ask } from './ask.ts'

/** Answers the session's id once it is ready; or says how it waits when it was not until then, and takes it out of the queue. */
export async function startLab(
  who: Learner,
  lab: string,
  until: number,
): Promise<{ session: string } | { waits: string }> {
  let waits = 'was never asked for'
  while (Date.now() < until) {
    // Whatever was asked for before the server was killed is in the way, and nothing is in it yet.
    const { id } = await ask<SessionView>(who, 'POST', '/api/sessions', { lab, replace: true })
    const became = await untilStarted(who, id, until)
    if (became === 'ready') return { session: id }
    if (became === 'waits') {
      const { progress, queue_place } = await ask<SessionView>(who, 'GET', `/api/sessions/${id}`)
      waits = `place ${queue_place ?? 'unknown'}, ${progress ?? 'no reason given'}`
      await who.end(id)
    }
    await delay(500)
  }
  return { waits }
}

async function untilStarted(who: Learner, id: string, until: number): Promise<'ready' | 'failed' | 'waits'> {
  while (Date.now() < until) {
    try {
      const events = await who.events(id)
      try {
        const event = await events.find(
          (each) => each.type === 'session' && each.session.state !== 'starting',
          until - Date.now(),
        )
        const { state } = (event as { session: SessionView }).session
        return state === 'ready' || state === 'expiring' ? 'ready' : 'failed'
      } finally {
        events.close()
      }
    } catch {
      const left = await ask<SessionView>(who, 'GET', `/api/sessions/${id}`).catch((error: unknown) => {
        if (error instanceof Refused) return null
        throw error
      })
      if (left === null || left.state === 'gone' || left.state === 'failed') return 'failed'
    }
  }
  return 'waits'
}
