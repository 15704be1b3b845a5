/** How one person is one learner in several browsers: the code, entering it elsewhere, and leaving this browser. */
import { Account } from './account.tsx'
import { JoinForm } from './join-form.tsx'
import { LeaveElsewhere } from './leave-elsewhere.tsx'
import { Leave } from './leave.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { WithMe } from './with-me.tsx'

export const Devices = () => (
  <WithMe>
    {(me) => (
      <>
        <Account me={me} />
        <RecoveryCode me={me} />
        <JoinForm me={me} />
        <LeaveElsewhere me={me} />
        <Leave me={me} />
      </>
    )}
  </WithMe>
)
