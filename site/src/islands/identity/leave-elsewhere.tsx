/** Signs all other browsers out, for a device that was lost or a code that somebody has seen. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { loadAboutMe } from './about-me.ts'

export function LeaveElsewhere({ me }: { me: LearnerSummary }) {
  const [said, setSaid] = useState('')
  const [bad, setBad] = useState(false)
  if (me.known_since === null) return null
  const leave = async () => {
    const answer = await api.leaveElsewhere()
    const withdrawn = me.code ? ' Your code was withdrawn: make another one for your other devices.' : ''
    setBad(!answer.ok)
    setSaid(answer.ok ? `Signed out everywhere else.${withdrawn}` : answer.problem.message)
    await loadAboutMe()
  }
  return (
    <section class="device" aria-labelledby="leave-elsewhere-title">
      <h3 id="leave-elsewhere-title">Sign out everywhere else</h3>
      <p>
        For a device that was lost, or a code that somebody has seen. This browser keeps everything, and so do labs that
        run; every other one knows nothing of you any more, and the recovery code stops working.
        {me.account?.signed_in === true && ` Whoever can sign in with ${me.account.name} still can.`}
      </p>
      <ConfirmButton
        label="Sign out everywhere else"
        question="Other browsers are signed out at once, also in the middle of a lab."
        yes="Sign them out"
        onConfirm={() => void leave()}
      />
      <p role="status" class={bad ? 'said is-bad' : 'said'}>
        {said}
      </p>
    </section>
  )
}
