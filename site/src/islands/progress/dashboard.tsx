/** A learner's own page: figures, what is next and due, the course, charts and labs; for somebody new a way to begin. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api } from '../client/api.ts'
import { Continue } from '../course/continue.tsx'
import { countOf } from '../lab/clock.ts'
import { MinutesChart, QuestionsChart } from './charts.tsx'
import { CourseMap } from './course-map.tsx'
import { LabsTable } from './labs-table.tsx'
import { hasPractised, loadPractised, Practised } from './practised.tsx'
import { decideDue, decideNext, decideStanding, isEmpty, minutesOf, tasksDone, type OutlineTopic } from './summarize.ts'

const record = signal<LearnerRecord | null>(null)
const trouble = signal<string | null>(null)

async function load(): Promise<void> {
  const answer = await api.record()
  trouble.value = answer.ok ? null : answer.problem.message
  // Before the record, so that nobody is told for a moment that there is nothing.
  await loadPractised()
  if (answer.ok) record.value = answer.value
}

export interface DashboardProps {
  topics: OutlineTopic[]
  titles: Record<string, string>
  /** Of the lesson that somebody new begins with. */
  start: string
}

export function Dashboard({ topics, titles, start }: DashboardProps) {
  useEffect(() => void load(), [])
  const known = record.value
  if (trouble.value)
    return (
      <div class="said" role="alert">
        <p>{trouble.value}</p>
        <button type="button" class="quiet" onClick={() => void load()}>
          Ask again
        </button>
      </div>
    )
  if (!known) return <p class="fine">Asking the server …</p>
  if (isEmpty(known) && !hasPractised())
    return (
      <div class="nothing-yet">
        <p class="lead">Nothing here yet. The first green task is about two minutes away.</p>
        <p class="row">
          <a class="button solid" href={`${start}#start`}>
            Start the first lab
          </a>
          <a class="button quiet" href="#devices">
            I have a code from another browser
          </a>
        </p>
      </div>
    )
  return (
    <div class="dashboard">
      <Continue titles={titles} />
      <Sums topics={topics} record={known} />
      <Next topics={topics} record={known} />
      <section aria-labelledby="map-title">
        <h2 id="map-title">The course</h2>
        <CourseMap topics={topics} record={known} />
      </section>
      <section aria-labelledby="charts-title">
        <h2 id="charts-title">How it went</h2>
        <div class="charts">
          <MinutesChart record={known} />
          <QuestionsChart topics={topics} record={known} />
        </div>
      </section>
      <section aria-labelledby="labs-title">
        <h2 id="labs-title">Labs</h2>
        <LabsTable topics={topics} record={known} titles={titles} />
      </section>
    </div>
  )
}

function Sums({ topics, record }: { topics: OutlineTopic[]; record: LearnerRecord }) {
  const lessons = topics.flatMap((topic) => topic.lessons)
  const sum = (of: (lesson: (typeof lessons)[number]) => number) => lessons.reduce((all, each) => all + of(each), 0)
  const done = lessons.filter((lesson) => decideStanding(lesson, record) === 'done').length
  const figures = [
    ['lessons done', `${done} of ${lessons.length}`],
    ['tasks done', `${sum((lesson) => tasksDone(lesson, record))} of ${sum((lesson) => lesson.tasks.length)}`],
    [
      'questions right',
      `${sum((lesson) => record.quizzes[lesson.id]?.right ?? 0)} of ${sum((lesson) => lesson.questions)}`,
    ],
    ['minutes in labs', String(minutesOf(record.runs.reduce((all, run) => all + run.ms, 0)))],
  ] as const
  return (
    <dl class="sums">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Next({ topics, record }: { topics: OutlineTopic[]; record: LearnerRecord }) {
  const next = decideNext(topics, record)
  const due = decideDue(topics, record)
  return (
    <section aria-labelledby="next-title">
      <h2 id="next-title">Next</h2>
      {next ? (
        <p>
          <a class="button solid" href={next.href}>
            {next.title}
          </a>
        </p>
      ) : (
        <p>
          Every lesson is done. <a href="/play/">The playground</a> has an empty machine for whatever you want to try.
        </p>
      )}
      <Practised />
      {due.length > 0 && (
        <>
          <p class="due-lead">Due again, because the last answer was not right yet:</p>
          <ul class="due">
            {due.map(({ lesson, wrong }) => (
              <li key={lesson.id}>
                <a href={`${lesson.href}#questions`}>{lesson.title}</a>, {countOf(wrong, 'question')}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
