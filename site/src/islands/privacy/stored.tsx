/** "What is stored about you now": the figures, or that there is nothing. */
import { useEffect } from 'preact/hooks'
import { aboutMe, askAboutMe, loadAboutMe, problem } from '../identity/about-me.ts'
import { Figures } from '../identity/figures.tsx'
import { formatBytes, formatExact } from '../lab/clock.ts'

export function Stored() {
  useEffect(askAboutMe, [])
  const me = aboutMe.value
  if (problem.value)
    return (
      <div class="not-content said" role="alert">
        <p>{problem.value.message}</p>
        <button type="button" class="quiet" onClick={() => void loadAboutMe()}>
          Ask again
        </button>
      </div>
    )
  if (!me) return <p class="fine">Asking the server …</p>
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
