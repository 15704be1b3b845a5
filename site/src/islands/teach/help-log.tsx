/** What was said and done, the latest first; of one learner, or of all. */
import { formatExact, formatTime } from '../lab/clock.ts'
import { describeEntry } from '../workshop/log-words.ts'
import { nameTask } from '../workshop/name-task.ts'
import { log, workshop } from './desk-store.ts'

export function HelpLog({ member = null }: { member?: string | null }) {
  const program = workshop.value?.program ?? []
  const entries = log.value.filter((entry) => member === null || entry.member?.id === member).toReversed()
  if (entries.length === 0) return <p class="empty">Nothing yet.</p>
  return (
    <ol class="help-log">
      {entries.map((entry) => (
        <li key={entry.n}>
          <time title={formatExact(entry.at)}>{formatTime(entry.at)}</time> <bdi>{entry.by}</bdi>{' '}
          <span>{describeEntry(entry, (lab, task) => nameTask(program, lab, task))}</span>
        </li>
      ))}
    </ol>
  )
}
