/** The sign of a task's state: a shape first, a colour second, so that it reads without colour. */
import type { TaskMark } from './task-status.ts'

const shapes: Record<TaskMark, string> = {
  idle: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11z',
  done: 'M3 8.5l3.4 3.4L13 4.8',
  shown: 'M3.5 4l4.5 4l-4.5 4M8.5 4l4.5 4l-4.5 4',
  'not-yet': 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM8 8h.01',
  blocked: 'M5 7.5V5.6a3 3 0 0 1 6 0v1.9M3.8 7.5h8.4v5.7H3.8z',
  unavailable: 'M8 3v6.2M8 12.6h.01',
  checking: 'M8 2.5a5.5 5.5 0 0 1 5.5 5.5',
  broken: 'M4 4l8 8M12 4l-8 8',
}

export function TaskMarkIcon({ mark }: { mark: TaskMark }) {
  return (
    <svg class={`mark mark-${mark}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[mark]} />
    </svg>
  )
}
