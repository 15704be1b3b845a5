/** The whole course at a glance: a mark a lesson, with what is done, begun and due. */
import type { LearnerRecord } from '@drydock/sandbox-server/contract'
import { decideNext, decideStanding, tasksDone, type OutlineLesson, type OutlineTopic } from './summarize.ts'

export function CourseMap({ topics, record }: { topics: OutlineTopic[]; record: LearnerRecord }) {
  const next = decideNext(topics, record)
  return (
    <ol class="course-map">
      {topics.map((topic) => (
        <li key={topic.id}>
          <h3>{topic.title}</h3>
          <ul>
            {topic.lessons.map((lesson) => (
              <li key={lesson.id}>
                <a
                  href={lesson.href}
                  class={`lesson-mark is-${decideStanding(lesson, record)}${lesson === next ? ' is-next' : ''}`}
                >
                  <span class="mark-name">{lesson.title}</span>
                  <span class="mark-words">{wordsOf(lesson, record, lesson === next)}</span>
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function wordsOf(lesson: OutlineLesson, record: LearnerRecord, isNext: boolean): string {
  const standing = decideStanding(lesson, record)
  const wrong = record.quizzes[lesson.id]?.wrong ?? 0
  const tasks = lesson.tasks.length
  const how =
    standing === 'done'
      ? '✓ done'
      : standing === 'open'
        ? ''
        : tasks > 0
          ? `${tasksDone(lesson, record)} of ${tasks} tasks`
          : 'begun'
  const due = wrong > 0 ? `${wrong} due` : ''
  return [isNext ? 'next' : '', how, due].filter(Boolean).join(' · ')
}
