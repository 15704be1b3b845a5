/** "You were in …": the way back to a lab that runs or was worked in last; nothing for someone new. */
import type { ProgressView, SessionView } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api } from '../client/api.ts'
import { addressOf } from '../lab/lab-address.ts'
import { formatAgo, formatExact } from '../lab/clock.ts'

const found = signal<{ lab: string; at: number; running: boolean } | null>(null)

export function decideContinue(sessions: SessionView[], last: ProgressView['last']): typeof found.value {
  const running = sessions.find(
    (session) => session.state === 'ready' || session.state === 'expiring' || session.state === 'starting',
  )
  if (running) return { lab: running.lab, at: last?.lab === running.lab ? last.at : running.created_at, running: true }
  return last ? { ...last, running: false } : null
}

export function Continue({ titles }: { titles: Record<string, string> }) {
  useEffect(() => {
    void Promise.all([api.sessions(), api.progress()]).then(([sessions, progress]) => {
      found.value = decideContinue(sessions.ok ? sessions.value : [], progress.ok ? progress.value.last : null)
    })
  }, [])
  const it = found.value
  const title = it && titles[it.lab]
  if (!it || title === undefined) return null
  return (
    <p class="continue">
      You were in <a href={addressOf(it.lab)}>{title}</a>,{' '}
      <time title={formatExact(it.at)}>{formatAgo(it.at, Date.now())}</time>
      {it.running ? '. Your shell is still there.' : '.'}
    </p>
  )
}
