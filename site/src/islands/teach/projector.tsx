/** For the wall of the room: how to join, how far the class is, questions and what was said to all. Large type, and nothing about anybody. */
import type { LogEntry, WorkshopView } from '@drydock/sandbox-server/contract'
import { useEffect } from 'preact/hooks'
import { countOf, formatLeft, now, watchClock } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { QuizResults } from '../workshop/quiz-results.tsx'
import { formatIn } from '../workshop/zoned-time.ts'
import { columns, idOfPage, live, log, quiz, skew, watchWorkshop, workshop } from './desk-store.ts'
import { DeskTrouble } from './desk-trouble.tsx'
import { BigInvitation } from './invitation.tsx'
import { ProjectorPictures } from './projector-pictures.tsx'
import { ProjectorTerminal } from './projector-terminal.tsx'

export function Projector() {
  useEffect(() => {
    const stops = [watchWorkshop(idOfPage()), watchClock()]
    return () => stops.forEach((stop) => stop())
  }, [])
  const shop = workshop.value
  if (!shop) return <DeskTrouble />
  const before = shop.state === 'planned' || shop.state === 'waiting'
  const question = quiz.value
  const lesson = shop.program.find(({ id }) => shop.follow?.startsWith(`/${id}/`))?.id
  const word = log.value.findLast(saidToAll)
  return (
    <div class="projector-view">
      <header>
        <h1>{shop.title}</h1>
        <p class="projector-time">
          <Clock shop={shop} />
        </p>
      </header>
      {live.value.state === 'waiting' && <p role="status">Connection lost; this page reconnects by itself.</p>}
      {shop.state === 'paused' && <p class="projector-word">A pause. The clock stands still.</p>}
      {before && shop.code !== null && shop.join_url !== null && (
        <>
          <BigInvitation link={shop.join_url} code={shop.code} />
          <p class="projector-count">{`${countOf(shop.learners, 'learner')} here`}</p>
        </>
      )}
      {!before && question?.open && <QuizResults quiz={question} />}
      {!before && !question?.open && (
        <>
          {word?.what.kind === 'quiz' && question ? <QuizResults quiz={question} /> : word && <Word entry={word} />}
          <Place shop={shop} />
          <ProjectorTerminal />
          {lesson !== undefined && <ProjectorPictures lesson={lesson} />}
          <ClassProgress shop={shop} />
          {shop.code !== null && shop.state !== 'ended' && (
            <p class="projector-late">
              Late? <strong>{shop.join_url === null ? '' : new URL(shop.join_url).host}/join/</strong> with{' '}
              <strong class="projector-code">{shop.code}</strong>
            </p>
          )}
        </>
      )}
    </div>
  )
}

const saidToAll = ({ member, what }: LogEntry) =>
  member === null && (what.kind === 'message' || what.kind === 'command' || what.kind === 'quiz')

function Word({ entry: { what } }: { entry: LogEntry }) {
  if (what.kind === 'command')
    return (
      <pre class="projector-command">
        <code>{what.text}</code>
      </pre>
    )
  return what.kind === 'message' ? <p class="projector-word">{what.text}</p> : null
}

function Place({ shop }: { shop: WorkshopView }) {
  const [, topic, lesson, hash] = /^\/([\w-]+)\/([\w-]+)\/(?:#task-(.*))?$/.exec(shop.follow ?? '') ?? []
  const item = shop.program.find(({ id }) => id === `${topic}/${lesson}`)
  if (!item) return null
  const at = item.tasks.findIndex(({ id }) => id === hash)
  return (
    <section class="projector-place" aria-label="Where we are">
      <h2>{at < 0 ? item.title : `${item.title}, task ${at + 1}`}</h2>
      {item.tasks[at] && (
        <p>
          <InlineCode text={item.tasks[at].goal} />
        </p>
      )}
    </section>
  )
}

/** Of the lesson where most was done: by task, how many have done it. Figures of a class, of nobody. */
function ClassProgress({ shop }: { shop: WorkshopView }) {
  const doneIn = (lab: string) =>
    columns.value.filter((each) => each.lab === lab).reduce((sum, each) => sum + each.done, 0)
  const here = shop.program.find(({ id }) => shop.follow?.startsWith(`/${id}/`))
  const item = here ?? shop.program.findLast(({ id }) => doneIn(id) > 0)
  if (!item || item.tasks.length === 0) return null
  return (
    <section class="projector-progress" aria-label={`Progress in ${item.title}`}>
      {!here && <h2>{item.title}</h2>}
      <ol>
        {item.tasks.map((task, i) => {
          const done = columns.value.find((each) => each.lab === item.id && each.task === task.id)?.done ?? 0
          return (
            <li key={task.id}>
              <span class="words">
                {`${i + 1}. `}
                <InlineCode text={task.goal} />
              </span>
              <span class="bar-place" aria-hidden="true">
                <span style={{ width: `${shop.learners === 0 ? 0 : Math.min(100, (done / shop.learners) * 100)}%` }} />
              </span>
              <span class="count">{`${done} of ${shop.learners}`}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Clock({ shop }: { shop: WorkshopView }) {
  if (shop.state === 'planned' || shop.state === 'waiting') return <>{formatIn(shop.starts_at, shop.zone)}</>
  if (shop.state === 'ended') return <>It is over. Thank you.</>
  if (shop.ends_at === null) return null
  const left = shop.ends_at - (shop.paused_at ?? now.value + skew.value)
  return left > 0 ? <time aria-live="off">{formatLeft(left)}</time> : null
}
