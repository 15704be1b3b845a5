/** Says to a screen reader what the eye sees: a task that turned green, or one that was broken again. */
import { useRef } from 'preact/hooks'
import type { TaskOutline } from '../../content/labs.ts'
import { done, session, taskStates } from './store.ts'

export function TaskAnnouncer({ tasks }: { tasks: readonly TaskOutline[] }) {
  const last = useRef<{ session: string; done: Set<string>; words: string }>({
    session: '',
    done: new Set(),
    words: '',
  })
  const id = session.value?.id ?? ''
  const now = new Set(tasks.filter((task) => taskStates.value[task.id]?.done).map((task) => task.id))
  if (last.current.session === id && id !== '') {
    const changed = tasks.findIndex((task) => now.has(task.id) !== last.current.done.has(task.id))
    const task = tasks[changed]
    if (task)
      last.current.words = taskStates.value[task.id]?.shown
        ? `Task ${changed + 1} was done for you.`
        : now.has(task.id)
          ? `Task ${changed + 1} done. ${done.value.done} of ${done.value.total}.`
          : `Task ${changed + 1} is not done any more.`
  } else last.current.words = ''
  last.current = { session: id, done: now, words: last.current.words }
  return (
    <p class="sr-only" role="status">
      {last.current.words}
    </p>
  )
}
