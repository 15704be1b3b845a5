/** How far one is in a lesson: a dot a task, filled when it was ever done. */
import type { ProgressView } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api } from '../client/api.ts'

const progress = signal<ProgressView | null>(null)
let asked: Promise<void> | undefined

async function loadProgress(): Promise<void> {
  const answer = await api.progress()
  if (answer.ok) progress.value = answer.value
}

export function LessonProgress({ lab, tasks }: { lab: string; tasks: string[] }) {
  useEffect(() => void (asked ??= loadProgress()), [])
  const passed = progress.value?.labs[lab]?.passed ?? {}
  const done = tasks.filter((task) => passed[task] !== undefined).length
  const words =
    done === 0
      ? `${tasks.length} tasks`
      : done === tasks.length
        ? 'all tasks done'
        : `${done} of ${tasks.length} tasks done`
  return (
    <span class={`dots${done === tasks.length ? ' all' : ''}`}>
      <span class="sr-only">{words}</span>
      {tasks.map((task) => (
        <span key={task} aria-hidden="true" class={passed[task] === undefined ? 'dot' : 'dot full'} />
      ))}
    </span>
  )
}
