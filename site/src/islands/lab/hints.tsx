/** Hints of a task, opened one by one. */
import { useState } from 'preact/hooks'
import { InlineCode } from './inline-code.tsx'
import { openHint } from './lab-actions.ts'
import { hints, isReady, taskStates } from './store.ts'

export function Hints({ task, total }: { task: string; total: number }) {
  const [asking, setAsking] = useState(false)
  const shown = hints.value[task]?.shown ?? []
  const done = taskStates.value[task]?.done ?? false
  const next = Math.max(shown.length, taskStates.value[task]?.hints_taken.length ?? 0) + 1
  return (
    <>
      {shown.length > 0 && (
        <ol class="hints" aria-label="Hints">
          {shown.map((hint, i) => (
            <li key={hint.id}>
              <span class="label">{`Hint ${i + 1}`}</span>
              <p>
                <InlineCode text={hint.text} />
              </p>
            </li>
          ))}
        </ol>
      )}
      {isReady.value && !done && next <= total && (
        <button
          type="button"
          class="quiet"
          disabled={asking}
          title="Costs nothing, but it is counted"
          onClick={async () => {
            setAsking(true)
            await openHint(task)
            setAsking(false)
          }}
        >
          {`Hint ${next} of ${total}`}
        </button>
      )}
    </>
  )
}
