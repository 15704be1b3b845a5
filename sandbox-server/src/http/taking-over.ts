/** A server that has just started knows nothing of the labs that ran until it has taken them over: until then the API says how far that is. */
import { Refusal } from '../refusal.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { App } from './context.ts'

export function refuseWhileTakingOver(app: App, sessions: Sessions): void {
  app.addHook('onRequest', async (request) => {
    const { takingOver } = sessions
    if (takingOver === null || !request.url.startsWith('/api/')) return
    const far = takingOver.of > 0 ? `: ${takingOver.done} of ${takingOver.of}` : ''
    throw new Refusal(
      'ENGINE_UNAVAILABLE',
      `This server has just started and is bringing back the labs that ran${far}. Try again in a moment.`,
    )
  })
}
