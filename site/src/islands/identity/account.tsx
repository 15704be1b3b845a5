/** Signing in where this server knows accounts: what happens to what this browser has, the way there, and what came of it. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../client/api.ts'

/** As the server says it in the address after a sign-in that led to nothing. */
const outcomes: Readonly<Record<string, string>> = {
  refused: 'The sign-in was not begun in this browser, took more than ten minutes, or was not confirmed. Begin again.',
  cancelled: 'You were not signed in: the sign-in was cancelled.',
  unavailable: 'You were not signed in: the server that keeps the accounts does not answer. Try again in a moment.',
}

export function Account({ me }: { me: LearnerSummary }) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const url = new URL(location.href)
    const word = url.searchParams.get('sign-in')
    if (word === null) return
    setWrong(Object.hasOwn(outcomes, word) ? (outcomes[word] ?? null) : null)
    // A reload says nothing about the past.
    url.searchParams.delete('sign-in')
    history.replaceState(null, '', url)
  }, [])
  if (!me.account) return null
  const { name, signed_in } = me.account
  const signIn = async () => {
    setBusy(true)
    const answer = await api.signIn('/progress/#devices')
    if (answer.ok) location.assign(answer.value.url)
    else setWrong(answer.problem.message)
    setBusy(false)
  }
  return (
    <section class="device" aria-labelledby="account-title">
      <h3 id="account-title">{signed_in ? `Signed in with ${name}` : `Sign in with ${name}`}</h3>
      {signed_in ? (
        <p>Sign in on other devices as well, and all of it is there.</p>
      ) : (
        <p>
          What this browser has is joined with what your account has: nothing is lost or counts twice, and labs that run
          go on. Where both run the same lab, the one in this browser goes on, and the other ends with its work kept.
          {me.code && ' The recovery code of this browser stops working; you can make another afterwards.'} The server
          keeps a number that stands for your account, no name and no address.
        </p>
      )}
      {wrong !== null && (
        <p class="said is-bad" role="alert">
          {wrong}
        </p>
      )}
      {!signed_in && (
        <button type="button" class="quiet" disabled={busy} onClick={() => void signIn()}>
          Sign in
        </button>
      )}
    </section>
  )
}
