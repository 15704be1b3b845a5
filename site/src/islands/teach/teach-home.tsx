/** An instructor's first page: the workshops that are planned, running and over; for everybody else, what this is and where to go. */
import type { TeachView, WorkshopSummary } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../client/http.ts'
import { countOf } from '../lab/clock.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { stateWords } from '../workshop/state-words.ts'
import { formatIn } from '../workshop/zoned-time.ts'
import { Gate } from './gate.tsx'
import { teachApi } from './teach-api.ts'
import { takeLink, type TeachingSecret } from './teaching-secret.ts'

export function TeachHome() {
  const [view, setView] = useState<TeachView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [secret, setSecret] = useState<TeachingSecret | null>(null)
  const load = async () => {
    const answer = await teachApi.teach()
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setView(answer.value)
  }
  useEffect(() => {
    const take = () => setSecret(takeLink())
    take()
    void load()
    // A class that was left open in another tab goes on.
    const look = () => !document.hidden && void load()
    document.addEventListener('visibilitychange', look)
    // A link that is opened while this page is: only what stands after its # is new.
    addEventListener('hashchange', take)
    return () => {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('hashchange', take)
    }
  }, [])
  if (problem) return <ServerTrouble what="Workshops come" problem={problem} onRetry={() => void load()} />
  if (!view) return <p class="fine">Asking the server …</p>
  if (!view.instructor || secret)
    return (
      <Gate
        // One that is opened while the page asks for it is another beginning.
        key={secret?.key}
        secret={secret}
        name={view.name}
        onIn={(next) => {
          setSecret(null)
          setView(next)
        }}
      />
    )
  return <Workshops workshops={view.workshops} />
}

function Workshops({ workshops }: { workshops: readonly WorkshopSummary[] }) {
  const over = workshops.filter(({ state }) => state === 'ended')
  const open = workshops.filter(({ state }) => state !== 'ended')
  return (
    <>
      <p class="row">
        <a class="button solid big" href="/teach/new/">
          Plan a workshop
        </a>
      </p>
      {workshops.length === 0 && (
        <p class="empty">
          None yet. Choose lessons, a date and a size, and you get a link, a QR code and a short code for the room.
        </p>
      )}
      <WorkshopList title="Coming and running" workshops={open} />
      <WorkshopList title="Over" workshops={over} />
    </>
  )
}

function WorkshopList({ title, workshops }: { title: string; workshops: readonly WorkshopSummary[] }) {
  if (workshops.length === 0) return null
  return (
    <section class="workshops" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {workshops.map(({ id, title: name, state, starts_at, minutes, zone, learners, size }) => (
          <li key={id}>
            <p class="workshop-name">
              <a href={state === 'ended' ? `/teach/report/?id=${id}` : `/teach/workshop/?id=${id}`}>{name}</a>{' '}
              <span class={`workshop-state is-${state}`}>{stateWords[state]}</span>
            </p>
            <p class="fine">
              {`${formatIn(starts_at, zone)} (${zone}), ${countOf(minutes, 'minute')}, ${learners} of ${countOf(size, 'learner')}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
