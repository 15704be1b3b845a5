/** What practice and interviews say about what is next: also for somebody who has done nothing else. */
import type { InterviewList, PracticeOverview } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'
import { api } from '../client/api.ts'
import { countOf } from '../lab/clock.ts'
import { formatDays } from '../practice/format-days.ts'

/** Null where nobody can be asked. */
const practice = signal<PracticeOverview | null>(null)
const interviews = signal<InterviewList | null>(null)

export async function loadPractised(): Promise<void> {
  const [overview, list] = await Promise.all([api.practice(), api.interviews()])
  practice.value = overview.ok ? overview.value : null
  interviews.value = list.ok ? list.value : null
}

export function hasPractised(): boolean {
  const { running = null, finished = [] } = interviews.value ?? {}
  return running !== null || finished.length > 0 || (practice.value?.topics.some(({ cards }) => cards > 0) ?? false)
}

export function Practised() {
  if (!hasPractised()) return null
  const { running = null, finished = [] } = interviews.value ?? {}
  const [last] = finished
  const { due = 0, next_due = null } = practice.value ?? {}
  return (
    <ul class="due">
      {running !== null && (
        <li>
          You are in the middle of an interview. <a href={`/practice/interview/?id=${running}`}>Go on with it</a>
        </li>
      )}
      {due > 0 ? (
        <li>
          <a href="/practice/review/">{countOf(due, 'card')}</a> due for review
        </li>
      ) : (
        next_due !== null && (
          <li>
            No card is due: the next one comes back {formatDays(next_due - Date.now())}.{' '}
            <a href="/practice/review/?of=new">New questions</a>
          </li>
        )
      )}
      {last && (
        <li>
          Your last mock interview{last.score !== null && `, ${Math.round(last.score * 100)} %`}:{' '}
          <a href={`/practice/interview/?id=${last.id}`}>what to do this week</a>
        </li>
      )}
    </ul>
  )
}
