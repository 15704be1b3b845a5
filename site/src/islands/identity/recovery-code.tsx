/** Makes a recovery code, shows it once, renews and withdraws it. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { formatAgo, formatExact } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { copyText } from '../lab/copy-text.ts'
import { loadAboutMe } from './about-me.ts'

export function RecoveryCode({ me }: { me: LearnerSummary }) {
  const [code, setCode] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const make = async () => {
    const answer = await api.newCode()
    setCode(answer.ok ? answer.value.code : null)
    setSaid(answer.ok ? '' : answer.problem.message)
    await loadAboutMe()
  }
  const withdraw = async () => {
    const answer = await api.withdrawCode()
    setCode(null)
    setSaid(answer.ok ? 'Withdrawn. Nobody comes back with that code any more.' : answer.problem.message)
    await loadAboutMe()
  }
  return (
    <section class="device" aria-labelledby="code-title">
      <h3 id="code-title">Recovery code</h3>
      <p>
        Whoever has it is you: enter it in another browser, or in this one after its cookies were cleared, and your
        progress, answers, kept work and running labs are there.
      </p>
      {me.code && !code && (
        <p class="fine">
          There is one, made <time title={formatExact(me.code.made_at)}>{formatAgo(me.code.made_at, Date.now())}</time>.
          It cannot be shown again, because only a hash of it is stored.
        </p>
      )}
      {code && <Shown code={code} />}
      <div class="row">
        {me.code ? (
          <>
            <ConfirmButton
              label="Renew it"
              question="You get another code, and the one you have stops working. Browsers that are joined stay so."
              yes="Renew it"
              onConfirm={() => void make()}
            />
            <ConfirmButton
              label="Withdraw it"
              question="The code stops working. Browsers that are joined stay so."
              yes="Withdraw it"
              onConfirm={() => void withdraw()}
            />
          </>
        ) : (
          <button type="button" class="quiet" onClick={() => void make()}>
            Make a code
          </button>
        )}
      </div>
      <p role="status" class="said">
        {said}
      </p>
    </section>
  )
}

function Shown({ code }: { code: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [code])
  return (
    <div class="new-code" ref={box} tabIndex={-1} role="group" aria-label="Your recovery code">
      <p>Your recovery code for {location.host}, shown this once:</p>
      <output>{code}</output>
      <p class="fine">
        Write it down or print it. Enter it at {location.host}/progress/#devices. Made on {formatExact(Date.now())}.
      </p>
      <div class="row">
        <button type="button" class="quiet" onClick={({ currentTarget }) => void copyText(code, currentTarget)}>
          Copy
        </button>
        <button type="button" class="quiet" onClick={() => print()}>
          Print
        </button>
      </div>
    </div>
  )
}
