/** Each topic: what of it is due, how much of it is likely still there, and how it went lately. */
import type { PracticeOverview } from '@drydock/sandbox-server/contract'

export interface TopicTableProps {
  rows: PracticeOverview['topics']
  /** Topic to title, in the order of the course. */
  names: Record<string, string>
}

export function TopicTable({ rows, names }: TopicTableProps) {
  if (rows.length === 0) return null
  const order = Object.keys(names)
  const sorted = rows.toSorted((a, b) => order.indexOf(a.topic) - order.indexOf(b.topic))
  return (
    <section class="topic-retention" aria-labelledby="retention">
      <h2 id="retention">What is still there</h2>
      <div class="table-place" role="group" aria-labelledby="retention" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">topic</th>
              <th scope="col">cards</th>
              <th scope="col">due</th>
              <th scope="col">likely remembered</th>
              <th scope="col">right, 30 days</th>
              <th scope="col">new</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.topic}>
                <th scope="row">{names[row.topic] ?? row.topic}</th>
                <td>{row.cards}</td>
                <td>{row.due > 0 ? <a href={`/practice/review/?topic=${row.topic}`}>{`${row.due} due`}</a> : '0'}</td>
                <td>
                  {row.remembered === null ? (
                    <span class="fine">nothing yet</span>
                  ) : (
                    <span class="meter">
                      <span class="meter-bar" aria-hidden="true">
                        <span style={{ width: `${Math.round(row.remembered * 100)}%` }} />
                      </span>
                      {`${Math.round(row.remembered * 100)} %`}
                    </span>
                  )}
                </td>
                <td>{row.answered === 0 ? '' : `${row.right} of ${row.answered}`}</td>
                <td>
                  {row.fresh > 0 && <a href={`/practice/review/?of=new&topic=${row.topic}`}>{`${row.fresh} new`}</a>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
