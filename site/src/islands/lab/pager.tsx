/** On top of an incident: the message that woke one up, and the clock. The clock is for the feeling; nothing ends with it. */
import { useEffect } from 'preact/hooks'
import type { LabOutline } from '../../content/labs.ts'
import { countOf, formatExact, formatLeft, formatTime, now, watchClock } from './clock.ts'
import { InlineCode } from './inline-code.tsx'
import { clockSkew, debrief, session } from './store.ts'

export function Pager({ outline }: { outline: LabOutline }) {
  useEffect(watchClock, [])
  const running = session.value
  const minutes = outline.clock_minutes
  return (
    <aside class="pager not-content" aria-label="Pager">
      <p class="pager-head">
        <span class="pager-name">Pager</span>
        {running && <time title={formatExact(running.created_at)}>{formatTime(running.created_at)}</time>}
        {minutes !== undefined && <Clock minutes={minutes} />}
      </p>
      <p class="pager-text">
        <InlineCode text={running?.pager ?? outline.pager ?? ''} />
      </p>
    </aside>
  )
}

function Clock({ minutes }: { minutes: number }) {
  const running = session.value
  if (!running || now.value === 0)
    return <span class="pager-clock">{`${countOf(minutes, 'minute')} on the clock`}</span>
  const end = debrief.value?.timeline.find((deed) => deed.kind === 'finished')?.at ?? now.value + clockSkew.value
  const left = running.created_at + minutes * 60_000 - end
  return (
    <span class={left < 0 ? 'pager-clock over' : 'pager-clock'}>
      <time aria-live="off">{formatLeft(Math.abs(left))}</time>
      {left < 0 ? ' over' : ' left'}
    </span>
  )
}
