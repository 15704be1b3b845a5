/** One learner: their terminal as it is now, where they stand, and all that one can do to help. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { now } from '../lab/clock.ts'
import { InlineCode } from '../lab/inline-code.tsx'
import { learners, skew, workshop } from './desk-store.ts'
import { formatSince } from './format-since.ts'
import { HelpActions } from './help-actions.tsx'
import { HelpLog } from './help-log.tsx'
import { LookTerminal } from './look-terminal.tsx'
import { sortWall } from './sort-wall.ts'
import { sayStanding } from './say-standing.ts'
import { timeOnTask } from './time-on-task.ts'
import { TypingWish } from './typing-wish.tsx'

interface LookProps {
  id: string
  /** What one came for. */
  aim: 'hint' | null
  onClose: () => void
  onOpen: (id: string) => void
}

export function Look({ id, aim, onClose, onOpen }: LookProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setChosen(null)
    const hint = aim === 'hint' ? document.getElementById('hint-text') : null
    ;(hint ?? heading.current)?.focus()
  }, [id])
  const shop = workshop.value
  const learner = learners.value.find((each) => each.id === id)
  const next = sortWall(learners.value).find((each) => each.id !== id && each.need !== null)
  const back = (
    <button type="button" class="quiet" onClick={onClose}>
      ← All learners
    </button>
  )
  if (!shop || !learner)
    return (
      <div class="empty">
        <p>Nobody of this workshop is at this address: they may have left, or were removed.</p>
        {back}
      </div>
    )
  const terminals = learner.session?.terminals ?? []
  const shown = terminals.find((each) => each.id === chosen) ?? terminals[0]
  const item = shop.program.find((each) => each.id === learner.lab)
  const task = learner.task
  const goal = item?.tasks.find((each) => each.id === task?.id)?.goal

  return (
    <article
      class="look"
      aria-labelledby="look-name"
      onKeyDown={(event) => {
        const typing = event.target instanceof Element && event.target.closest('input, textarea, select, .confirm')
        if (event.key === 'Escape' && !typing) onClose()
      }}
    >
      <header class="look-head">
        {back}
        <h3 id="look-name" ref={heading} tabIndex={-1}>
          <bdi>{learner.name}</bdi>
        </h3>
        {next && (
          <button type="button" class="quiet" onClick={() => onOpen(next.id)}>
            Next: <bdi>{next.name}</bdi> →
          </button>
        )}
      </header>
      <div class="look-body">
        <section class="look-left" aria-label="Terminal">
          {terminals.length > 1 && (
            <div class="row" role="group" aria-label="Terminals">
              {terminals.map(({ id: terminal, title }) => (
                <button
                  key={terminal}
                  type="button"
                  class="quiet"
                  aria-pressed={terminal === shown?.id}
                  onClick={() => setChosen(terminal)}
                >
                  {title}
                </button>
              ))}
            </div>
          )}
          <TypingWish shop={shop.id} learner={learner} able={shown !== undefined} />
          {shown ? (
            <LookTerminal
              key={shown.id}
              path={`/workshops/${encodeURIComponent(shop.id)}/members/${encodeURIComponent(id)}/terminals/${encodeURIComponent(shown.id)}`}
              label={`${learner.name}’s terminal ${shown.title}`}
              mayType={learner.consent === 'given'}
              onLeave={() => heading.current?.focus()}
            />
          ) : (
            <p class="empty">No lab runs here at the moment, so there is no terminal to look at.</p>
          )}
        </section>
        <div class="look-right">
          <section aria-label="Where they stand">
            {learner.need && <p class="tile-need">{learner.need.words}</p>}
            {learner.hand_note && <q class="tile-note">{learner.hand_note}</q>}
            {!item && <p>Has not begun a lab yet.</p>}
            {item && (
              <p>
                <a href={`/${item.id}/${task ? `#task-${task.id}` : ''}`} target="_blank" rel="noopener">
                  {item.title}
                  {task && `, task ${task.nth}`}
                </a>
                {task &&
                  `: ${formatSince(timeOnTask(task, now.value + skew.value, shop.paused_at))}, ${task.tries === 1 ? '1 try' : `${task.tries} tries`}, ${task.hints === 1 ? '1 hint' : `${task.hints} hints`}`}
                {!task && `: ${sayStanding(learner)}`}
              </p>
            )}
            {goal && (
              <p class="fine">
                <InlineCode text={goal} />
              </p>
            )}
            {task?.expected && (
              <dl class="look-check">
                <dt>expected</dt>
                <dd>
                  <InlineCode text={task.expected} />
                </dd>
                <dt>seen</dt>
                <dd>
                  <InlineCode text={task.seen ?? ''} />
                </dd>
              </dl>
            )}
          </section>
          <HelpActions shop={shop} learner={learner} onGone={onClose} />
          <section aria-label="Log">
            <details>
              <summary>What was done for them (they can read it, too)</summary>
              <HelpLog member={id} />
            </details>
          </section>
        </div>
      </div>
    </article>
  )
}
