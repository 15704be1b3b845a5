/** The way out: ends all labs of this browser's learner and removes what the server knows of them. */
import { useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { loadAboutMe } from '../identity/about-me.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'

export function ForgetMe() {
  const [said, setSaid] = useState<string | null>(null)
  const forget = async () => {
    const answer = await api.forgetMe()
    if (answer.ok || answer.problem.code === 'UNAUTHENTICATED')
      setSaid('Done. Your labs are ending, and nothing that is left can be traced to this browser.')
    else setSaid(answer.problem.message)
    await loadAboutMe()
  }
  return (
    // Apart from the page's prose, whose spacing would pull the buttons of the question apart.
    <div class="not-content">
      <ConfirmButton
        label="End my labs and forget me"
        question="Running labs end at once. Kept folders, your progress, your answers, cards and interviews, your recovery code and the cookie are removed, for all your browsers. This cannot be undone."
        yes="Forget me"
        onConfirm={() => void forget()}
      />
      <p role="status">{said}</p>
    </div>
  )
}
