/** In the page's header while a lab runs: tasks done, time left, more time. */
import { useEffect } from 'preact/hooks'
import { countOf, formatExact, formatLeft, now, watchClock } from './clock.ts'
import { extendLab } from './lab-actions.ts'
import { pause } from '../workshop/class-pause.ts'
import { clockSkew, done, isReady, noun, session } from './store.ts'

export function LabStatus() {
  useEffect(watchClock, [])
  const running = session.value
  if (!running || !isReady.value) return <div class="lab-status" />
  const { done: passed, total, all } = done.value
  const left = running.deadline === null ? null : running.deadline - clockSkew.value - now.value
  const minutes = Math.round(running.extend_ms / 60_000)
  return (
    <div class="lab-status">
      {total > 0 && (
        <span class={all ? 'tasks all' : 'tasks'}>
          <strong>{`${passed}/${total}`}</strong> tasks
        </span>
      )}
      {left !== null && running.deadline !== null && (
        <span
          class={running.state === 'expiring' && !pause.value ? 'left soon' : 'left'}
          title={pause.value ? undefined : `Ends ${formatExact(running.deadline)}`}
        >
          {pause.value ? (
            'paused'
          ) : (
            <>
              <time>{formatLeft(left)}</time> left
            </>
          )}
        </span>
      )}
      {running.extensions_left > 0 && (
        <button
          type="button"
          class="chip"
          onClick={() => void extendLab()}
          aria-label={`+${minutes} min until the ${noun.value} ends, ${countOf(running.extensions_left, 'extension')} left`}
        >
          {`+${minutes} min`}
        </button>
      )}
    </div>
  )
}
