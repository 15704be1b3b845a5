/** Tasks × learners as a table: where the class stands, and which task holds everybody up. */
import type { Cell } from '@drydock/sandbox-server/contract'
import { columns, learners, workshop } from './desk-store.ts'
import { formatSince } from './format-since.ts'
import { sortWall } from './sort-wall.ts'

/** A shape besides the colour, and the word for the ear. */
const cells: Record<Cell, { sign: string; word: string }> = {
  open: { sign: '', word: 'not yet' },
  current: { sign: '●', word: 'at it' },
  stuck: { sign: '!', word: 'stuck' },
  done: { sign: '✓', word: 'done' },
  shown: { sign: '»', word: 'done for them' },
}

export function HeatMap({ onOpen }: { onOpen: (learner: string) => void }) {
  const shop = workshop.value
  if (!shop) return null
  const program = shop.program.filter(({ tasks }) => tasks.length > 0)
  const rows = sortWall(learners.value)
  if (program.length === 0) return <p class="empty">No lesson of this workshop has a lab with tasks.</p>
  if (rows.length === 0) return <p class="empty">Nobody has joined yet.</p>
  const medianOf = (lab: string, task: string) =>
    columns.value.find((each) => each.lab === lab && each.task === task)?.median_ms ?? null
  return (
    <div class="heat" tabIndex={0} role="group" aria-label="Tasks and learners">
      <table>
        <caption class="sr-only">Who stands where, by task</caption>
        <thead>
          <tr>
            <td />
            {program.map(({ id, title, tasks }) => (
              <th key={id} scope="colgroup" colSpan={tasks.length}>
                {title}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col">Learner</th>
            {program.flatMap(({ id, tasks }) =>
              tasks.map((task, i) => (
                <th key={`${id} ${task.id}`} scope="col" title={task.goal.replaceAll('`', '')}>
                  {i + 1}
                  <span class="sr-only">{`: ${task.goal.replaceAll('`', '')}`}</span>
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((learner) => (
            <tr key={learner.id}>
              <th scope="row">
                <a
                  href={`/teach/workshop/?id=${shop.id}&learner=${learner.id}`}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return
                    event.preventDefault()
                    onOpen(learner.id)
                  }}
                >
                  <bdi>{learner.name}</bdi>
                </a>
              </th>
              {program.flatMap(({ id, tasks }) =>
                tasks.map((task, i) => {
                  const cell = learner.tasks[id]?.[i] ?? 'open'
                  return (
                    <td key={`${id} ${task.id}`} class={`cell is-${cell}`}>
                      <span aria-hidden="true">{cells[cell].sign}</span>
                      <span class="sr-only">{cells[cell].word}</span>
                    </td>
                  )
                }),
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Median</th>
            {program.flatMap(({ id, tasks }) =>
              tasks.map((task) => {
                const median = medianOf(id, task.id)
                return <td key={`${id} ${task.id}`}>{median === null ? '' : formatSince(median)}</td>
              }),
            )}
          </tr>
        </tfoot>
      </table>
      <p class="fine heat-key">
        {(Object.keys(cells) as Cell[]).map((cell) => (
          <span key={cell}>
            <span class={`cell is-${cell}`} aria-hidden="true">
              {cells[cell].sign}
            </span>{' '}
            {cells[cell].word}
          </span>
        ))}
      </p>
    </div>
  )
}
