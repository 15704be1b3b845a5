/** How one person is one learner in several browsers: the code, entering it elsewhere, and leaving this browser. */
import { useEffect } from 'preact/hooks'
import { Account } from './account.tsx'
import { aboutMe, askAboutMe, loadAboutMe, problem } from './about-me.ts'
import { JoinForm } from './join-form.tsx'
import { Leave } from './leave.tsx'
import { RecoveryCode } from './recovery-code.tsx'

export function Devices() {
  useEffect(askAboutMe, [])
  const me = aboutMe.value
  if (problem.value)
    return (
      <div class="said" role="alert">
        <p>{problem.value.message}</p>
        <button type="button" class="quiet" onClick={() => void loadAboutMe()}>
          Ask again
        </button>
      </div>
    )
  if (!me) return <p class="fine">Asking the server …</p>
  return (
    <>
      <Account me={me} />
      <RecoveryCode me={me} />
      <JoinForm me={me} />
      <Leave me={me} />
    </>
  )
}
