/** Going on from a later task: fresh machines on which the solution has done what comes before. Asked for twice, because it takes the work of now. */
import type { TaskOutline } from '../../content/labs.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { continueFrom } from './lab-actions.ts'
import { isReady, lab, taskStates } from './store.ts'

/** In the text, at a task that others come before. */
export function ContinueHere({ task, order }: { task: Pick<TaskOutline, 'id' | 'type'>; order: string[] }) {
  const states = taskStates.value
  const missing = order
    .slice(0, order.indexOf(task.id))
    .filter((id) => states[id] && states[id].type !== 'guard' && !states[id].done)
  if (!isReady.value || task.type === 'guard' || states[task.id]?.done || missing.length === 0) return null
  return (
    <ConfirmButton
      label="Continue from here"
      question={question(
        missing.map((id) => order.indexOf(id) + 1),
        lab.value?.folder ?? '',
      )}
      yes="Continue from here"
      onConfirm={() => void continueFrom(task.id)}
    />
  )
}

/** Below the terminal: past the task one is stuck at. */
export function SkipTask({ tasks, folder }: { tasks: readonly TaskOutline[]; folder: string }) {
  const own = tasks.filter((task) => task.type !== 'guard')
  const at = own.findIndex((task) => !taskStates.value[task.id]?.done)
  const [stuck, next] = [own[at], own[at + 1]]
  if (!stuck || !next) return null
  const number = tasks.indexOf(stuck) + 1
  return (
    <ConfirmButton
      label={`Skip task ${number}`}
      question={question([number], folder)}
      yes={`Skip task ${number}`}
      onConfirm={() => void continueFrom(next.id)}
    />
  )
}

function question(numbers: readonly number[], folder: string): string {
  const last = numbers.at(-1)
  const done = numbers.length === 1 ? `Task ${last} is` : `Tasks ${numbers.slice(0, -1).join(', ')} and ${last} are`
  return `${done} done for you, the way the solution does it, on a fresh machine: containers, images and files in ~/${folder} begin anew. That counts as shown, not as yours; what you did yourself stays yours.`
}
