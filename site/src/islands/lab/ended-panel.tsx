/** After a lab: what is kept and for how long, and the way back in. */
import { countOf, formatBytes, formatDay } from './clock.ts'
import { startLab } from './lab-actions.ts'
import type { Kept } from './pane-state.ts'
import { Panel } from './panel.tsx'
import { noun, over } from './store.ts'

const keptDays = 30

export function EndedPanel({ reason, kept, folder }: { reason: string | null; kept: Kept | null; folder: string }) {
  return (
    <Panel title={`This ${noun.value} has ended`} art="ended" live>
      {reason !== null && <p>{reason}</p>}
      {kept ? (
        <>
          <p>
            Kept until {formatDay(kept.at + keptDays * 86_400_000)}: your folder <code>{`~/${folder}`}</code>
            {` (${formatBytes(kept.bytes)})${kept.tasks.length > 0 ? ` and ${countOf(kept.tasks.length, 'finished task')}` : ''}. Containers, images and volumes are gone.`}
          </p>
          <div class="row">
            <button type="button" class="solid" onClick={() => void startLab({ resume: true })}>
              Continue from there
            </button>
            <button type="button" class="quiet" onClick={() => void startLab({})}>
              Start from the beginning
            </button>
            <OtherSize />
          </div>
        </>
      ) : (
        <>
          <p>
            {noun.value === 'lab'
              ? 'Nothing had to be kept. Tasks that you finished stay finished in your progress.'
              : 'Nothing had to be kept: nothing was done in it.'}
          </p>
          <div class="row">
            <button type="button" class="solid" onClick={() => void startLab({})}>
              Start again
            </button>
            <OtherSize />
          </div>
        </>
      )}
    </Panel>
  )
}

/** Back to where one chooses how many machines. */
function OtherSize() {
  if (noun.value === 'lab') return null
  return (
    <button type="button" class="quiet" onClick={() => (over.value = null)}>
      Choose the machines anew
    </button>
  )
}
