/** The slim list of tasks on top of the pane: where each stands, and a way to its place in the text. */
import type { TaskOutline } from '../../content/labs.ts'
import { InlineCode } from './inline-code.tsx'
import { TaskMarkIcon } from './task-mark.tsx'
import { decideMark, describeMark } from './task-status.ts'
import { debrief, done, isReady, passedBefore, session, taskStates, wordsOf } from './store.ts'
import { showView } from './view-switch.ts'

export interface TaskStripProps {
  tasks: readonly TaskOutline[]
  /** Where to go when all is done. */
  next: { title: string; href: string } | undefined
}

export function TaskStrip({ tasks, next }: TaskStripProps) {
  const current = tasks.find((task) => {
    const mark = decideMark(taskStates.value[task.id])
    return task.type === 'guard' ? mark === 'broken' : mark !== 'done' && mark !== 'shown'
  })
  return (
    <nav class={done.value.all ? 'task-strip all-done' : 'task-strip'} aria-label="Tasks of this lab">
      <ol>
        {tasks.map((task, i) => {
          const before = !session.value && passedBefore.value[task.id] !== undefined
          const mark = before ? 'done' : decideMark(taskStates.value[task.id])
          const words = before ? 'done before' : describeMark(mark, task)
          const plain = wordsOf(task).goal.replaceAll('`', '')
          return (
            <li
              key={task.id}
              class={`is-${mark}${session.value && task === current ? ' is-current' : ''}${before ? ' is-before' : ''}`}
            >
              <a href={`#task-${task.id}`} title={`${plain} (${words})`} onClick={() => showView('lesson')}>
                <TaskMarkIcon mark={mark} />
                <span aria-hidden="true">{i + 1}</span>
                <span class="sr-only">{`Task ${i + 1}, ${words}: ${plain}`}</span>
              </a>
            </li>
          )
        })}
      </ol>
      {isReady.value && current && !done.value.all && (
        <p class="now" aria-hidden="true">
          <InlineCode text={wordsOf(current).goal} />
        </p>
      )}
      {isReady.value && done.value.all && (
        <p class="now">
          {done.value.shown > 0 ? `All there, ${done.value.shown} of them done for you. ` : 'All done. '}
          {debrief.value && (
            <a href="#debrief" onClick={() => showView('lesson')}>
              Debrief
            </a>
          )}{' '}
          {next && <a href={next.href}>{`Next: ${next.title}`}</a>}
        </p>
      )}
    </nav>
  )
}
