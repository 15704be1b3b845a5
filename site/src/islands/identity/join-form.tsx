/** Takes a code from another browser: says first what would come together, then joins. */
import type { JoinView, LearnerSummary } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { aboutMe } from './about-me.ts'
import { Figures } from './figures.tsx'

export function JoinForm({ me }: { me: LearnerSummary }) {
  const [code, setCode] = useState('')
  const [view, setView] = useState<JoinView | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  const look = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.lookAtJoin(code)
    setBusy(false)
    setSaid('')
    setView(answer.ok ? answer.value : null)
    setWrong(answer.ok ? null : answer.problem.message)
    if (!answer.ok) field.current?.focus()
  }
  const join = async () => {
    setBusy(true)
    const answer = await api.join(code)
    setBusy(false)
    setView(null)
    if (!answer.ok) return setWrong(answer.problem.message)
    aboutMe.value = answer.value
    setCode('')
    setSaid('Joined. This browser and the other one are the same learner from now on.')
  }
  return (
    <section class="device" aria-labelledby="join-title">
      <h3 id="join-title">You have a code from another browser?</h3>
      {me.account?.signed_in ? (
        <p>This browser is signed in. Sign in on the other device as well, and what it has is joined there.</p>
      ) : (
        <form onSubmit={(event) => void look(event)}>
          <label for="recovery-code">Recovery code</label>
          <input
            id="recovery-code"
            ref={field}
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={60}
            required
            placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"
            value={code}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : 'code-wrong'}
            onInput={({ currentTarget }) => {
              setCode(currentTarget.value)
              setWrong(null)
              setView(null)
            }}
          />
          {wrong !== null && (
            <p id="code-wrong" class="said is-bad" role="alert">
              {wrong}
            </p>
          )}
          {!view && (
            <div class="row">
              <button type="submit" class="quiet" disabled={busy || code.trim() === ''}>
                Look what it brings
              </button>
            </div>
          )}
        </form>
      )}
      {view && <Question view={view} busy={busy} onJoin={() => void join()} onCancel={() => setView(null)} />}
      <p role="status" class={said ? 'said is-good' : 'said'}>
        {said}
      </p>
    </section>
  )
}

interface QuestionProps {
  view: JoinView
  busy: boolean
  onJoin: () => void
  onCancel: () => void
}

function Question({ view: { here, there, ends }, busy, onJoin, onCancel }: QuestionProps) {
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => first.current?.focus(), [])
  const running = here.running.length + there.running.length
  return (
    <div class="join-question" ref={first} tabIndex={-1} role="group" aria-label="What would be joined">
      <div class="sides">
        <div>
          <h4>The other browser</h4>
          <Figures of={there} label="What the other browser has" />
        </div>
        <div>
          <h4>This browser</h4>
          <Figures of={here} label="What this browser has" />
        </div>
      </div>
      <p>
        All of it becomes one, nothing counts twice, and of a task that was done in both the earlier time stays.{' '}
        {running > 0 && 'Labs that run go on, in both browsers. '}
        {ends.length > 0 &&
          `${ends.join(', ')} runs in both: the one in this browser goes on, the other ends and its work is kept. `}
        {here.code && 'The code that was made in this browser stops working; the one you entered goes on. '}
        This cannot be taken apart again.
      </p>
      <div class="row">
        <button type="button" class="solid" disabled={busy} onClick={onJoin}>
          Join them
        </button>
        <button type="button" class="quiet" disabled={busy} onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  )
}
