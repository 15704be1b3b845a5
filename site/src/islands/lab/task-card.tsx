/** One task inside the text: its goal, where it stands, what was expected and seen, hints, check, solution. */
import type { TaskState } from '@drydock/sandbox-server/contract'
import type { TaskOutline } from '../../content/labs.ts'
import { ContinueHere } from './continue-here.tsx'
import { Hints } from './hints.tsx'
import { InlineCode } from './inline-code.tsx'
import { checkTask } from './lab-actions.ts'
import { Solution } from './solution.tsx'
import { isReady, passedBefore, session, taskStates, wordsOf } from './store.ts'
import { TaskMarkIcon } from './task-mark.tsx'
import { decideMark, describeMark, describeType } from './task-status.ts'

export interface TaskCardProps {
  task: TaskOutline
  /** Its place in the lab, from 1. */
  number: number
  /** Ids of all tasks in order, to name the one that has to come first. */
  order: string[]
}

export function TaskCard({ task, number, order }: TaskCardProps) {
  const state = taskStates.value[task.id]
  const before = !session.value && passedBefore.value[task.id] !== undefined
  const { goal, acts } = wordsOf(task)
  const mark = before ? 'done' : decideMark(state)
  return (
    <section class={`task is-${mark}`} id={`task-${task.id}`} aria-labelledby={`goal-${task.id}`}>
      <header data-pagefind-ignore>
        <TaskMarkIcon mark={mark} />
        <span class="number">{`Task ${number}`}</span>
        <span class="kind">{describeType(task)}</span>
        <span class="state">{before ? 'done before' : describeMark(mark, task)}</span>
      </header>
      <p class="goal" id={`goal-${task.id}`}>
        <InlineCode text={goal} />
      </p>
      <Outcome state={state} order={order} />
      <div class="actions">
        {task.check === 'acting' && isReady.value && (
          <div class={acts === undefined ? 'check' : 'check with-acts'}>
            <button
              type="button"
              class="solid"
              disabled={state?.checking ?? true}
              onClick={() => void checkTask(task.id)}
            >
              {state?.checking ? 'Checking …' : 'Check'}
            </button>
            {acts !== undefined && (
              <span class="acts">
                <InlineCode text={acts} />
              </span>
            )}
          </div>
        )}
        <Hints task={task.id} total={task.hints} />
        {task.type !== 'guard' && <Solution task={task.id} />}
        <ContinueHere task={task} order={order} />
      </div>
    </section>
  )
}

function Outcome({ state, order }: { state: TaskState | undefined; order: string[] }) {
  const outcome = state?.outcome
  if (!outcome) return null
  switch (outcome.status) {
    case 'pass':
      return outcome.observed === undefined ? null : (
        <dl class="outcome">
          <Fact name="seen" text={outcome.observed} />
        </dl>
      )
    case 'fail':
      return (
        <dl class="outcome">
          <Fact name="expected" text={outcome.expected} />
          <Fact name="seen" text={outcome.observed} />
        </dl>
      )
    case 'blocked': {
      const numbers = outcome.by.map((id) => order.indexOf(id) + 1).filter((n) => n > 0)
      return <p class="aside">{`Comes after task ${numbers.join(' and ')}.`}</p>
    }
    case 'unavailable':
      return (
        <p class="aside">
          This could not be checked, and that is not your fault: <InlineCode text={outcome.reason} />
        </p>
      )
  }
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <InlineCode text={text} />
      </dd>
    </div>
  )
}
