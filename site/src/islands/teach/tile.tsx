/** One learner on the wall: where they are, for how long, and why they need help, if they do. A link to looking and helping. */
import type { WallLearner } from '@drydock/sandbox-server/contract'
import { countOf } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { formatSince } from './format-since.ts'
import { sayStanding } from './say-standing.ts'
import { timeOnTask } from './time-on-task.ts'

interface TileProps {
  learner: WallLearner
  href: string
  /** Of the server's clock. */
  now: number
  /** Since when the class pauses. */
  pausedAt: number | null
  /** Whether learners who wait are let in by hand. */
  asks: boolean
  labTitle: string | null
  /** How many tasks the workshop has. */
  tasks: number
  inTabOrder: boolean
  onOpen: (id: string) => void
  onFocus: () => void
}

export function Tile({ learner, href, now, pausedAt, asks, labTitle, tasks, inTabOrder, onOpen, onFocus }: TileProps) {
  const { name, connected, hand_at, hand_note, need, task, done } = learner
  const kind = need ? 'is-stuck' : tasks > 0 && done >= tasks ? 'is-done' : connected ? 'is-calm' : 'is-away'
  return (
    <a
      data-tile
      href={href}
      class={`tile ${kind}`}
      tabIndex={inTabOrder ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onOpen(learner.id)
      }}
    >
      <span class="tile-name">
        <bdi>{name}</bdi>
        {hand_at !== null && (
          <span class="tile-hand" title={hand_note ?? undefined}>
            hand up
          </span>
        )}
      </span>
      {need && <span class="tile-need">{need.words}</span>}
      {hand_note && <q class="tile-note">{hand_note}</q>}
      <span class="tile-task">{describePlace(learner, labTitle, now, pausedAt, asks)}</span>
      {task?.seen && (
        <span class="tile-seen">
          <span class="label">seen</span> <InlineCode text={task.seen} />
        </span>
      )}
      <span class="tile-foot">
        <Dots of={tasks} done={done} />
        {!connected && <span>not connected</span>}
      </span>
    </a>
  )
}

function describePlace(
  learner: WallLearner,
  labTitle: string | null,
  now: number,
  pausedAt: number | null,
  asks: boolean,
): string {
  const { state, session, task } = learner
  if (state === 'waiting') return asks ? 'Waits to be let in' : 'Waits for the beginning'
  if (labTitle === null) return 'Has not begun a lab yet'
  if (session?.state === 'starting' || !task) return `${labTitle}: ${sayStanding(learner)}`
  const tries = task.tries > 0 ? `, ${task.tries === 1 ? '1 try' : `${task.tries} tries`}` : ''
  const hints = task.hints > 0 ? `, ${countOf(task.hints, 'hint')}` : ''
  return `${labTitle}, task ${task.nth}: ${formatSince(timeOnTask(task, now, pausedAt))}${tries}${hints}`
}

/** Figures for the ear, a bar for the eye. */
function Dots({ of, done }: { of: number; done: number }) {
  if (of === 0) return null
  return (
    <span class="tile-done">
      <span class="tile-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (done / of) * 100)}%` }} />
      </span>
      {`${done}/${of}`}
      <span class="sr-only"> tasks done</span>
    </span>
  )
}
