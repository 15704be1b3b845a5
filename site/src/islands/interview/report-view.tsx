/** The report of an interview: a note, three things to do this week, each topic, and every question with what there was to say. */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { InterviewReport } from '@drydock/sandbox-server/contract'
import { formatExact } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { ReportQuestionView } from './report-question.tsx'
import { describeTodo, writeNote } from './report-words.ts'

export interface ReportProps {
  report: InterviewReport
  titles: Record<string, string>
  topics: Record<string, string>
}

export function ReportView({ report, titles, topics }: ReportProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [])
  const list = useRef<HTMLOListElement>(null)
  const note = writeNote(report, topics)
  return (
    <article class="quiz report">
      <header>
        <h2 ref={heading} tabIndex={-1}>
          A note on your interview
        </h2>
        <p class="fine">{`${formatExact(report.began_at)}, ${report.minutes} minutes, ${report.level}`}</p>
      </header>
      <div class="report-note">
        {note.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {report.todo.length > 0 && (
        <section aria-labelledby="this-week">
          <h3 id="this-week">{report.todo.length === 3 ? 'Three things for this week' : 'For this week'}</h3>
          <ol class="todo">
            {report.todo.map(({ lesson, lab, why, asked }) => (
              <li key={lesson}>
                <p class="what">
                  <a href={`/${lesson}/`}>{titles[lesson] ?? lesson}</a>
                  {lab !== null && (
                    <>
                      {' with '}
                      <a href={`/${lab}/#start`}>{lab === lesson ? 'its lab' : `the lab ${titles[lab] ?? lab}`}</a>
                    </>
                  )}
                </p>
                <p class="why">
                  {describeTodo[why]}
                  {asked.slice(0, 2).map((text) => (
                    <q key={text}>
                      <InlineCode text={text} />
                    </q>
                  ))}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section aria-labelledby="by-topic">
        <h3 id="by-topic">By topic</h3>
        <table>
          <thead>
            <tr>
              <th scope="col">topic</th>
              <th scope="col">reached</th>
              <th scope="col">score</th>
            </tr>
          </thead>
          <tbody>
            {report.topics.map(({ topic, asked, reached, score }) => (
              <tr key={topic}>
                <th scope="row">{topics[topic] ?? topic}</th>
                <td>{`${reached} of ${asked}`}</td>
                <td>{score === null ? '' : `${Math.round(score * 100)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="each">
        <h3 id="each">Question by question</h3>
        <OpenAll list={list} />
        <ol class="report-questions" ref={list}>
          {report.questions.map((each) => (
            <ReportQuestionView key={each.turn} asked={each} interview={report.id} titles={titles} topics={topics} />
          ))}
        </ol>
      </section>
      <div class="row no-print">
        <a class="button solid" href="/practice/interview/">
          Another interview
        </a>
        <button type="button" class="quiet" onClick={() => window.print()}>
          Print this
        </button>
        <a class="button quiet" href="/practice/">
          Back to practice
        </a>
      </div>
    </article>
  )
}

/** For whoever reads all of it, or prints it: paper shows what is open. */
function OpenAll({ list }: { list: RefObject<HTMLOListElement> }) {
  const set = (open: boolean) =>
    list.current?.querySelectorAll<HTMLDetailsElement>(':scope > li > details').forEach((each) => (each.open = open))
  return (
    <div class="row no-print">
      <button type="button" class="quiet" onClick={() => set(true)}>
        Open all
      </button>
      <button type="button" class="quiet" onClick={() => set(false)}>
        Close all
      </button>
      <span class="fine">What is open is printed as well.</span>
    </div>
  )
}
