/** Shows what needs the server's word on this learner: waits for it, says what went wrong and asks again. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { aboutMe, askAboutMe, loadAboutMe, problem } from './about-me.ts'

export function WithMe({ children }: { children: (me: LearnerSummary) => ComponentChildren }) {
  useEffect(askAboutMe, [])
  const me = aboutMe.value
  if (problem.value)
    return (
      <div class="not-content said" role="alert">
        <p>{problem.value.message}</p>
        <button type="button" class="quiet" onClick={() => void loadAboutMe()}>
          Ask again
        </button>
      </div>
    )
  return me ? children(me) : <p class="fine">Asking the server …</p>
}
