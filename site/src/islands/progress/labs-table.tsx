/** Labs one has worked in, with tries, hints and measured minutes: the last one first, the rest on request. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { addressOf } from '../lab/lab-address.ts'
import { formatAgo, formatExact } from '../lab/clock.ts'
import { listLabs, minutesOf, type LabRow, type OutlineTopic } from './summarize.ts'

const atFirst = 10

export interface LabsTableProps {
  topics: OutlineTopic[]
  record: LearnerRecord
  titles: Record<string, string>
}

export function LabsTable({ topics, record, titles }: LabsTableProps) {
  const [all, setAll] = useState(false)
  const rows = listLabs(topics, record)
  if (rows.length === 0) return <p class="fine">None yet.</p>
  return (
    <>
      <div class="table" tabIndex={0} role="group" aria-label="Labs">
        <table class="labs-table">
          <thead>
            <tr>
              {['Lab', 'Tasks', 'Tries', 'Hints', 'Minutes', 'Last begun'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? undefined : atFirst).map((row) => (
              <Row key={row.id} row={row} title={titles[row.id]} />
            ))}
          </tbody>
        </table>
      </div>
      {!all && rows.length > atFirst && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {rows.length}
        </button>
      )}
      <p class="fine">Minutes are measured: from the start of a lab to the last task, hint or reset in it.</p>
    </>
  )
}

function Row({
  row: { id, lesson, done, tries, hints, ms, lastAt },
  title,
}: {
  row: LabRow
  title: string | undefined
}) {
  const all = lesson && lesson.tasks.length > 0 && done === lesson.tasks.length
  return (
    <tr>
      <th scope="row">{title === undefined ? id : <a href={addressOf(id)}>{title}</a>}</th>
      <td class={all ? 'all' : undefined}>
        {lesson ? `${done} of ${lesson.tasks.length}` : done}
        {all && ' ✓'}
      </td>
      <td>{tries}</td>
      <td>{hints}</td>
      <td>{ms === 0 ? '–' : ms < 60_000 ? '< 1' : minutesOf(ms)}</td>
      <td>{lastAt === null ? '–' : <time title={formatExact(lastAt)}>{formatAgo(lastAt, Date.now())}</time>}</td>
    </tr>
  )
}
