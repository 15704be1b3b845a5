/** Minutes by day, and answers by topic. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'
import { countOf } from '../lab/clock.ts'
import { Chart } from './chart.tsx'
import { listDays, listTopics, minutesOf, type OutlineTopic } from './summarize.ts'

const shown = 30

export function MinutesChart({ record }: { record: LearnerRecord }) {
  const days = listDays(record, Date.now(), shown)
  const worked = days.filter((day) => day.ms > 0)
  const all = minutesOf(record.runs.reduce((sum, run) => sum + run.ms, 0))
  if (worked.length === 0)
    return all === 0 ? null : (
      <p class="fine">
        Nothing in the last {shown} days; before, {countOf(all, 'minute')}.
      </p>
    )
  const label = (at: number, form: Intl.DateTimeFormatOptions) => new Date(at).toLocaleDateString(undefined, form)
  return (
    <Chart
      title={`Minutes in labs, the last ${shown} days`}
      labels={days.map(({ at }, i) => ((shown - 1 - i) % 7 === 0 ? label(at, { day: 'numeric', month: 'short' }) : ''))}
      series={[{ name: 'minutes', values: days.map((day) => minutesOf(day.ms)) }]}
      head={['Day', 'Minutes']}
      rows={worked.map(({ at, ms }) => [label(at, { dateStyle: 'medium' }), minutesOf(ms)])}
    />
  )
}

export function QuestionsChart({ topics, record }: { topics: OutlineTopic[]; record: LearnerRecord }) {
  const all = listTopics(topics, record)
  if (all.length === 0) return null
  return (
    <Chart
      title="Questions, by the last answer to each"
      horizontal
      labels={all.map((topic) => topic.title)}
      series={[
        { name: 'right', values: all.map((topic) => topic.right) },
        { name: 'not yet', values: all.map((topic) => topic.wrong) },
        { name: 'rated by yourself', values: all.map((topic) => topic.free) },
      ]}
      head={['Topic', 'Right', 'Not yet', 'Rated by yourself', 'Of']}
      rows={all.map(({ title, right, wrong, free, questions }) => [title, right, wrong, free, questions])}
    />
  )
}
