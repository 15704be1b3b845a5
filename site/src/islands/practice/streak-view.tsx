/** The last four weeks as a strip of days, and how many in a row there was practice; a pause is no failure. */
import type { PracticeOverview } from '@drydock/sandbox-server/contract'
import { countOf } from '../lab/clock.ts'

export function StreakView({ days, calendar }: PracticeOverview['streak']) {
  const practised = calendar.filter((count) => count > 0).length
  if (practised === 0) return null
  const from = Date.now() - (calendar.length - 1) * 86_400_000
  return (
    <section class="streak" aria-labelledby="streak">
      <h2 id="streak">
        {days > 0
          ? `${countOf(days, 'day')} of practice in a row`
          : `${countOf(practised, 'day')} of practice in four weeks`}
      </h2>
      <ol class="days" aria-hidden="true">
        {calendar.map((count, i) => (
          <li
            key={i}
            class={count === 0 ? '' : count < 5 ? 'some' : 'many'}
            title={`${formatDate(from + i * 86_400_000)}: ${count === 0 ? 'none' : countOf(count, 'answer')}`}
          />
        ))}
      </ol>
      <p class="fine">
        {`${countOf(practised, 'day')} of the last 28. Pauses of up to two days do not count, and after a longer one what is due has waited; nothing else happens.`}
      </p>
    </section>
  )
}

const formatDate = (at: number) =>
  new Date(at).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
