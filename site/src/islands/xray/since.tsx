/** For how long something has been so, in its own component, so that only these characters change; not read out each time. */
import { useEffect } from 'preact/hooks'
import { now, watchClock } from '../lab/clock.ts'
import { clockSkew } from '../lab/store.ts'

export function Since({ at }: { at: number }) {
  useEffect(watchClock, [])
  const seconds = Math.max(0, Math.floor((now.value + clockSkew.value - at) / 1000))
  const text =
    seconds < 60
      ? `${seconds} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min`
        : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return <time aria-live="off">{now.value === 0 ? '' : ` ${text}`}</time>
}
