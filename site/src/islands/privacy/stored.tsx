/** "What is stored about you now": the figures, or that there is nothing. */
import type { LearnerSummary } from '@drydock/sandbox-server/contract'
import { Figures } from '../identity/figures.tsx'
import { WithMe } from '../identity/with-me.tsx'
import { formatBytes, formatExact } from '../lab/clock.ts'

export const Stored = () => <WithMe>{(me) => <StoredOf me={me} />}</WithMe>

function StoredOf({ me }: { me: LearnerSummary }) {
  if (me.known_since === null)
    return (
      <p>
        Nothing. The server knows this browser only from the first lab or answer on:{' '}
        <a href="/curriculum/">begin one</a>.
      </p>
    )
  const kept = me.kept_work.filter((each) => each.bytes > 0)
  return (
    <>
      <p>Known here since {formatExact(me.known_since)}.</p>
      <Figures of={me} label="What is stored about you" />
      {kept.length > 0 && (
        <ul>
          {kept.map(({ session, lab, at, bytes }) => (
            <li key={session}>
              <a href={`/api/learner/kept/${session}`} download>
                Work folder of {lab}
              </a>
              , {formatBytes(bytes)}, kept on {formatExact(at)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
