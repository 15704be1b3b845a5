/** After a workshop: by task and by learner what was done, how long it took, and where people got stuck. To print, or as CSV. */
import type { WorkshopReport } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../client/http.ts'
import { countOf } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { stateWords } from '../workshop/state-words.ts'
import { formatIn } from '../workshop/zoned-time.ts'
import { formatSince } from './format-since.ts'
import { idOfPage } from './desk-store.ts'
import { RemoveWorkshop } from './remove-workshop.tsx'
import { teachApi } from './teach-api.ts'

export function Report() {
  const [report, setReport] = useState<WorkshopReport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async () => {
    const answer = await teachApi.report(idOfPage())
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setReport(answer.value)
  }
  useEffect(() => void load(), [])
  if (problem) return <ServerTrouble what="Reports come" problem={problem} onRetry={() => void load()} />
  if (!report) return <p class="fine">Asking the server …</p>
  const { workshop, learners } = report
  const stuck = report.tasks.filter((task) => task.stuck > 0).toSorted((a, b) => b.stuck - a.stuck)
  return (
    <article class="class-report">
      <header>
        <h2>{workshop.title}</h2>
        <p class="fine">
          {`${formatIn(workshop.starts_at, workshop.zone)} (${workshop.zone}), ${countOf(workshop.minutes, 'minute')}, ${countOf(learners.length, 'learner')}, ${stateWords[workshop.state]}.`}
        </p>
        <div class="row no-print">
          <a class="button quiet" href={`/api/workshops/${encodeURIComponent(workshop.id)}/report.csv`} download>
            Download as CSV
          </a>
          <button type="button" class="quiet" onClick={() => print()}>
            Print
          </button>
          <a class="button quiet" href={`/teach/workshop/?id=${workshop.id}`}>
            Back to the workshop
          </a>
          <RemoveWorkshop id={workshop.id} />
        </div>
        {workshop.removed_at !== null && (
          <p class="fine">{`All of it is removed on ${formatIn(workshop.removed_at, workshop.zone)}. Keep the CSV if you need it longer.`}</p>
        )}
      </header>
      {stuck.length > 0 && (
        <section aria-labelledby="report-stuck">
          <h3 id="report-stuck">Where people got stuck</h3>
          <ul>
            {stuck.slice(0, 5).map(({ lab, task, goal, stuck: count }) => (
              <li key={`${lab} ${task}`}>
                {`${countOf(count, 'learner')}: `}
                <a href={`/${lab}/#task-${task}`}>
                  <InlineCode text={goal} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ByTask report={report} />
      <ByLearner report={report} />
    </article>
  )
}

function ByTask({ report }: { report: WorkshopReport }) {
  return (
    <section aria-labelledby="report-tasks">
      <h3 id="report-tasks">By task</h3>
      {report.tasks.length === 0 && <p class="empty">No lesson of this workshop has tasks.</p>}
      {report.program
        .filter(({ tasks }) => tasks.length > 0)
        .map(({ id, title }) => (
          <div key={id} class="table-place" tabIndex={0} role="group" aria-label={`Tasks of ${title}`}>
            <table>
              <caption>{title}</caption>
              <thead>
                <tr>
                  <th scope="col">task</th>
                  {['began', 'done', 'done for them', 'stuck', 'median', 'tries', 'hints'].map((word) => (
                    <th key={word} scope="col">
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.tasks
                  .filter(({ lab }) => lab === id)
                  .map((task) => (
                    <tr key={task.task} class={task.stuck > 0 ? 'was-stuck' : undefined}>
                      <th scope="row">
                        <InlineCode text={task.goal} />
                      </th>
                      <td>{task.begun}</td>
                      <td>{task.done}</td>
                      <td>{task.shown}</td>
                      <td>{task.stuck}</td>
                      <td>{task.median_ms === null ? '' : formatSince(task.median_ms)}</td>
                      <td>{task.tries}</td>
                      <td>{task.hints}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        ))}
    </section>
  )
}

function ByLearner({ report }: { report: WorkshopReport }) {
  const nth = new Map(report.program.flatMap(({ id, tasks }) => tasks.map((task, i) => [`${id} ${task.id}`, i + 1])))
  return (
    <section aria-labelledby="report-learners">
      <h3 id="report-learners">By learner</h3>
      {report.learners.length === 0 ? (
        <p class="empty">Nobody joined.</p>
      ) : (
        <ul class="report-learners">
          {report.learners.map(({ name, done, of, helps, tasks }) => (
            <li key={name}>
              <details>
                <summary>
                  <bdi>{name}</bdi>{' '}
                  <span class="fine">{`${done} of ${of} tasks, helped ${helps === 1 ? 'once' : `${helps} times`}`}</span>
                </summary>
                <div class="table-place" tabIndex={0} role="group" aria-label={`Tasks of ${name}`}>
                  <table>
                    <thead>
                      <tr>
                        {['task', 'done after', 'tries', 'hints', 'stuck'].map((word) => (
                          <th key={word} scope="col">
                            {word}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {tasks.map((cell) => (
                        <tr key={`${cell.lab} ${cell.task}`}>
                          <th scope="row">{`${report.program.find(({ id }) => id === cell.lab)?.title ?? cell.lab}, ${nth.get(`${cell.lab} ${cell.task}`) ?? cell.task}`}</th>
                          <td>
                            {cell.shown
                              ? 'done for them'
                              : cell.done_at === null
                                ? 'not done'
                                : formatSince(cell.ms ?? 0)}
                          </td>
                          <td>{cell.tries}</td>
                          <td>{cell.hints}</td>
                          <td>{cell.stuck ?? ''}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
