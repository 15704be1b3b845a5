/** "Lesson | Lab" on a narrow screen, with the count of tasks where one looks. */
import { done, session } from './store.ts'
import { showView, view } from './view-switch.ts'

export function ViewTabs() {
  const { done: passed, total } = done.value
  return (
    <nav class="view-tabs" aria-label="Lesson or lab">
      <button type="button" aria-pressed={view.value === 'lesson'} onClick={() => showView('lesson')}>
        Lesson
      </button>
      <button type="button" aria-pressed={view.value === 'lab'} onClick={() => showView('lab')}>
        Lab {session.value && total > 0 && <span class="count">{`${passed}/${total}`}</span>}
      </button>
    </nav>
  )
}
