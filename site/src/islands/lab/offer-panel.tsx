/** Before a lab runs: what it is and the button that starts it; and the question when another lab would end. */
import type { LabOutline } from '../../content/labs.ts'
import type { Problem } from '../client/http.ts'
import type { ComponentChildren } from 'preact'
import { countOf, formatAgo, formatBytes, formatExact } from './clock.ts'
import { InlineCode } from './inline-code.tsx'
import { addressOf } from './lab-address.ts'
import { keepOther, startLab } from './lab-actions.ts'
import type { Conflict, Kept } from './pane-state.ts'
import { Panel } from './panel.tsx'
import { noun } from './store.ts'

const kinds: Record<LabOutline['kind'], string> = {
  guided: 'Guided: the lesson leads, each step is checked.',
  challenge: 'Challenge: a goal and its checks. Hints when you ask.',
  incident: 'Incident: something is broken. Find the cause and repair it.',
  playground: 'Terminals, an editor, the pages that your containers serve, and an X-ray of all of it.',
}

interface OfferProps {
  outline: LabOutline
  kept: Kept | null
  problem: Problem | null
  /** The server has not answered yet: looks the same, so that nothing jumps, but cannot be pressed. */
  asking: boolean
  /** What is to be decided before. */
  choice: ComponentChildren
}

export function OfferPanel({ outline, kept, problem, asking, choice }: OfferProps) {
  const machines = outline.nodes === 1 ? 'One machine' : `${outline.nodes} machines`
  return (
    <Panel title={outline.title} art="offer">
      <p>
        <InlineCode text={outline.summary} />
      </p>
      <ul class="facts">
        <li>{kinds[outline.kind]}</li>
        <li>{`${machines} with a Docker Engine of your own, root included. Break what you like.`}</li>
        <li>
          <InlineCode
            text={
              outline.tasks.length > 0
                ? `${countOf(outline.tasks.length, 'task')}, about ${countOf(outline.minutes, 'minute')}.`
                : `When it ends, \`~/${outline.folder}\` of node1 is kept for 30 days (up to 20 MB). The rest is gone.`
            }
          />
        </li>
      </ul>
      {choice}
      {problem && (
        <p class="problem" role="alert">
          {problem.message}
        </p>
      )}
      {kept ? (
        <>
          <div class="row">
            <button type="button" class="solid big" onClick={() => void startLab({ resume: true })}>
              Continue where you were
            </button>
            <button type="button" class="quiet" onClick={() => void startLab({})}>
              Start from the beginning
            </button>
          </div>
          <p class="fine" title={formatExact(kept.at)}>
            {`Kept ${formatAgo(kept.at, Date.now())}: ${formatBytes(kept.bytes)} of files${kept.tasks.length > 0 ? `, ${countOf(kept.tasks.length, 'finished task')}` : ''}. Containers and images start anew.`}
          </p>
        </>
      ) : (
        <div class="row">
          <button type="button" class="solid big" disabled={asking} onClick={() => void startLab({})}>
            {problem?.retry ? 'Try again' : `Start the ${noun.value}`}
          </button>
        </div>
      )}
    </Panel>
  )
}

export function ConflictPanel({ conflict, title }: { conflict: Conflict; title: string }) {
  return (
    <Panel title="You have another lab running" art="conflict">
      <p>
        Only one can run at a time. Starting this one ends <a href={addressOf(conflict.lab)}>{title}</a>: its work
        folder and its finished tasks are kept, its containers are not.
      </p>
      <div class="row">
        <button type="button" class="solid" onClick={() => void startLab({ replace: true, resume: conflict.resume })}>
          {`End it and start this ${noun.value}`}
        </button>
        <a class="button quiet" href={addressOf(conflict.lab)}>
          Go back to it
        </a>
        <button type="button" class="quiet" onClick={keepOther}>
          Cancel
        </button>
      </div>
    </Panel>
  )
}
