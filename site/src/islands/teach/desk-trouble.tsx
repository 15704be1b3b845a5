/** Before the workshop is there: waiting for it, or why it does not come and what to do. */
import { live } from './desk-store.ts'

export function DeskTrouble() {
  const { state, closeCode } = live.value
  if (state === 'closed')
    return (
      <div class="quiz-trouble" role="alert">
        <p>
          {closeCode === 4401 || closeCode === 4403
            ? 'This browser does not teach this workshop. Open the link of whoever planned it, or your own list.'
            : 'There is no such workshop here: it may have been removed, or it is taught by somebody else.'}
        </p>
        <a class="button quiet" href="/teach/">
          My workshops
        </a>
      </div>
    )
  if (state === 'waiting')
    return (
      <p class="quiz-trouble" role="status">
        The server does not answer. Your connection may be down, or the server is restarting; this page tries again by
        itself.
      </p>
    )
  return <p class="fine">Asking the server …</p>
}
