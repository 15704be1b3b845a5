/** While one waits: for a place, for the machine, for the end. Says what is going on, and what can be done meanwhile. */
import { useEffect } from 'preact/hooks'
import { formatWait, now, watchClock } from './clock.ts'
import { endLab } from './lab-actions.ts'
import { Panel } from './panel.tsx'
import { clockSkew, noun } from './store.ts'

export function QueueingPanel({ place, latest }: { place: number; latest: number | null }) {
  useEffect(watchClock, [])
  const wait = latest === null ? null : formatWait(latest - clockSkew.value - now.value)
  return (
    <Panel title={place === 1 ? 'You are next' : `Place ${place} in the queue`} art="waiting" live>
      {wait !== null && (
        <p class="estimate">
          {`Your ${noun.value} starts `}
          <strong>{wait}</strong> at the latest, often sooner: labs that end early make room.
        </p>
      )}
      <p>
        All machines of this server are taken. Yours starts by itself as soon as one is free;{' '}
        {noun.value === 'lab' && 'the lesson can be read meanwhile, and '}you may leave the tab open in the background.
      </p>
      <Leave label="Leave the queue" />
    </Panel>
  )
}

export function StartingPanel({ progress }: { progress: string | null }) {
  return (
    <div class="starting">
      <Panel title="Starting your machine" art="waiting" live>
        <p class="progress">{progress ?? 'Asking for a machine …'}</p>
        <Leave label="Cancel" />
      </Panel>
    </div>
  )
}

export function StoppingPanel({ folder }: { folder: string }) {
  return (
    <Panel title="Putting things away" art="waiting" live>
      <p>
        Packing <code>{`~/${folder}`}</code>, then the machine is removed.
      </p>
    </Panel>
  )
}

const Leave = ({ label }: { label: string }) => (
  <div class="row">
    <button type="button" class="quiet" onClick={() => void endLab()}>
      {label}
    </button>
  </div>
)
