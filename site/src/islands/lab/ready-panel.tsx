/** A running lab: bars for what one should know now, the terminals, and the row of what one can do with the lab. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import type { TaskOutline } from '../../content/labs.ts'
import { useEffect } from 'preact/hooks'
import { formatLeft, now } from './clock.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { endLab, extendLab, resetLab } from './lab-actions.ts'
import { SkipTask } from './continue-here.tsx'
import { Lasting } from './lasting.tsx'
import { clockSkew, engineTrouble, live, noun } from './store.ts'
import { expectWorkspace, workspace, workspaceFailed } from '../workspace/load-workspace.ts'
import { describePause, pause } from '../workshop/class-pause.ts'
import { screenReader, toggleScreenReader } from '../terminal/screen-reader.ts'

interface ReadyProps {
  session: SessionView
  folder: string
  tasks: readonly TaskOutline[]
}

export function ReadyPanel({ session, folder, tasks }: ReadyProps) {
  return (
    <>
      <Bars session={session} folder={folder} />
      <Work session={session} />
      <footer class="lab-foot">
        <p class="keys">
          <kbd>Esc</kbd> <kbd>Esc</kbd> leaves the terminal
        </p>
        <button type="button" class="quiet" aria-pressed={screenReader.value} onClick={toggleScreenReader}>
          Screen reader
        </button>
        <SkipTask tasks={tasks} folder={folder} />
        <ConfirmButton
          label="Reset"
          question={`Everything in this ${noun.value} is made anew: containers, images, files in ~/${folder}.${tasks.length > 0 ? ' Tasks you finished stay in your progress.' : ''}`}
          yes={`Reset the ${noun.value}`}
          onConfirm={() => void resetLab()}
        />
        <ConfirmButton
          label="End"
          question={
            tasks.length > 0
              ? `The machine and its containers are removed. Your folder ~/${folder} (up to 20 MB) and finished tasks are kept for 30 days.`
              : `Machines and containers are removed. ~/${folder} of node1 (up to 20 MB) is kept for 30 days.`
          }
          yes={`End the ${noun.value}`}
          onConfirm={() => void endLab()}
        />
      </footer>
    </>
  )
}

function Work({ session }: { session: SessionView }) {
  useEffect(expectWorkspace, [])
  const Workspace = workspace.value
  if (Workspace) return <Workspace session={session} />
  if (!workspaceFailed.value) return <div class="terminals" />
  return (
    <div class="terminals">
      <div class="bar bad" role="alert">
        <p>The terminal could not be loaded. What runs in it goes on meanwhile.</p>
        <button type="button" class="solid" onClick={expectWorkspace}>
          Try again
        </button>
      </div>
    </div>
  )
}

function Bars({ session, folder }: { session: SessionView; folder: string }) {
  const minutes = Math.round(session.extend_ms / 60_000)
  const lost = live.value.state === 'waiting'
  return (
    <div class="bars" role="status">
      {engineTrouble.value !== null && <p class="bar bad">{engineTrouble.value}</p>}
      {lost && <p class="bar warn">Connection lost. Your shell goes on; this page reconnects by itself.</p>}
      {session.setting_up && (
        // Most labs are set up before one could read it.
        <Lasting>
          <p class="bar calm">What this lab begins with is still being started. A few seconds more.</p>
        </Lasting>
      )}
      {pause.value && (
        <p class="bar calm">{`${describePause(pause.value)}. Clocks stand still, and your lab stays as it is until the class goes on.`}</p>
      )}
      {session.state === 'expiring' && session.deadline !== null && !pause.value && (
        <div class="bar warn">
          <p>
            {`This ${noun.value} ends in `}
            <Left deadline={session.deadline} />.{' '}
            {session.extensions_left > 0
              ? `What is in ~/${folder} is kept.`
              : `It cannot be extended any more. What is in ~/${folder} is kept, and you can start again from there.`}
          </p>
          {session.extensions_left > 0 && (
            <button type="button" class="solid" onClick={() => void extendLab()}>
              {`${minutes} more minutes`}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

/** Its own component, so that only these characters change each second; not read out each second. */
function Left({ deadline }: { deadline: number }) {
  return <time aria-live="off">{formatLeft(deadline - clockSkew.value - now.value)}</time>
}
