/** A request that a page would make again by itself: the server may be down at the moment. */
import { setTimeout as delay } from 'node:timers/promises'
import { Refused, type Learner } from '../../harness/learner.ts'

/** Milliseconds for which somebody goes on asking. */
const patience = 90_000

/** Answers the body; throws `Refused` when the server says no. */
export async function ask<T>(who: Learner, method: string, path: string, body?: unknown): Promise<T> {
  for (const until = Date.now() + patience; ; await delay(200)) {
    try {
      const answer = await who.request<T>(method, path, body)
      if (answer.status < 400) return answer.body
      if (answer.status !== 503 || Date.now() > until) throw new Refused(`${method} ${path}`, answer)
    } catch (error) {
      if (error instanceof Refused || Date.now() > until) throw error
    }
  }
}
