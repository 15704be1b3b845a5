/** Removes a container of a node with all that runs in it, whatever its learner has done to hold it back. */
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { thawCgroups } from './cgroups.ts'
import type { RuntimeLog } from './pool.ts'

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
  try {
    await engine.getContainer(id).remove({ force: true, v: true }).catch(ignoreMissing)
  } finally {
    gone.abort()
  }
}

/** It is gone already. */
export function ignoreMissing(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error
}
