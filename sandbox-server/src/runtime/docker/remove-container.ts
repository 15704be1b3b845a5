/** Removes a container of a node with all that runs in it, whatever its learner has done to hold it back. */
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { thawCgroups } from './cgroups.ts'
import type { RuntimeLog } from './pool.ts'

/** Milliseconds. */
const dies_ms = 30_000

/** Frozen processes of the learner would outlive the kill; one who freezes in a loop is dead before the next look. */
export async function removeContainer(engine: Docker, id: string, logger: RuntimeLog): Promise<void> {
  const gone = new AbortController()
  const thaw = async () => {
    while (!gone.signal.aborted) {
      await thawCgroups(id)
      await delay(200, undefined, { signal: gone.signal })
    }
  }
  thaw().catch((error: unknown) => {
    if (!gone.signal.aborted) logger.warn({ err: error, container: id }, 'not thawed')
  })
  const container = engine.getContainer(id)
  const remove = () => container.remove({ force: true, v: true }).catch(ignoreMissing)
  try {
    await remove().catch(async (error: unknown) => {
      if (!isDying(error)) throw error
      const end = container.wait({ condition: 'not-running', abortSignal: AbortSignal.timeout(dies_ms) })
      // Whatever became of that: the next try says why.
      await end.catch(() => undefined)
      await remove()
    })
  } finally {
    gone.abort()
  }
}

/** Its init is dead, and on a busy host the engine gives up in the moment before it hears of that. */
const isDying = (error: unknown) => /could not kill/i.test((error as Error).message)

/** It is gone already. */
export function ignoreMissing(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error
}
