/** Signs this browser out: it forgets who it belongs to, the server forgets nothing. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { loadAboutMe } from './about-me.ts'

export function Leave({ me }: { me: LearnerSummary }) {
  const [said, setSaid] = useState('')
  const [elsewhere, setElsewhere] = useState<string | null>(null)
  if (me.known_since === null && said === '') return null
  const found = me.code !== null || me.account?.signed_in === true
  const leave = async () => {
    const answer = await api.leave()
    setSaid(answer.ok ? 'Signed out. This browser is nobody’s now.' : answer.problem.message)
    setElsewhere(answer.ok ? answer.value.elsewhere : null)
    await loadAboutMe()
  }
  return (
    <section class="device" aria-labelledby="leave-title">
      <h3 id="leave-title">Sign out of this browser</h3>
      <p>
        For a computer that others use. Nothing is deleted and running labs go on; this browser just does not know any
        more whose they are. To remove everything, see <a href="/privacy/#you">Privacy</a>.
      </p>
      {me.known_since !== null && (
        <ConfirmButton
          label="Sign out"
          question={
            found
              ? 'You find everything again with your code or your account.'
              : 'There is no code and no account: nothing leads back to your progress. Make a code first, or export it.'
          }
          yes={found ? 'Sign out' : 'Sign out all the same'}
          onConfirm={() => void leave()}
        />
      )}
      <p role="status" class="said">
        {said}
        {elsewhere && (
          <>
            {' '}
            Your account may still be signed in: <a href={elsewhere}>sign out of {me.account?.name} too</a>.
          </>
        )}
      </p>
    </section>
  )
}
