/** The reports of interviews that are over. */
import type { InterviewList } from '@drydock/sandbox-server/contract'
import { formatAgo, formatExact } from '../lab/clock.ts'

export function PastInterviews({ interviews }: { interviews: InterviewList['finished'] }) {
  if (interviews.length === 0) return null
  return (
    <section class="past-interviews" aria-labelledby="past">
      <h2 id="past">Your interviews</h2>
      <ul>
        {interviews.map(({ id, level, minutes, began_at, score }) => (
          <li key={id}>
            <a href={`/practice/interview/?id=${id}`}>{`${minutes} minutes, ${level}`}</a>{' '}
            <time title={formatExact(began_at)}>{formatAgo(began_at, Date.now())}</time>
            {score !== null && `, ${Math.round(score * 100)} %`}
          </li>
        ))}
      </ul>
    </section>
  )
}
