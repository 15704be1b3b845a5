/** Which lessons a workshop has, and in which order. */
import { useState } from 'preact/hooks'
import { countOf } from '../lab/clock.ts'
import { OrderList } from '../quiz/order-list.tsx'

export interface CourseTopic {
  title: string
  lessons: { id: string; title: string; minutes: number; tasks: number }[]
}

interface PickerProps {
  topics: readonly CourseTopic[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

export function ProgramPicker({ topics, chosen, onChange }: PickerProps) {
  const [filter, setFilter] = useState('')
  const all = topics.flatMap(({ lessons }) => lessons)
  const found = all.filter(({ id }) => chosen.includes(id))
  const minutes = found.reduce((sum, each) => sum + each.minutes, 0)
  const tasks = found.reduce((sum, each) => sum + each.tasks, 0)
  const titleOf = (id: string) => all.find((each) => each.id === id)?.title ?? id
  const words = filter.toLowerCase().split(/\s+/)
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  return (
    <div class="program">
      <fieldset class="program-course">
        <legend>Lessons and labs</legend>
        <input
          type="search"
          aria-label="Find a lesson"
          placeholder="Find a lesson"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <div class="program-topics" tabIndex={0} role="group" aria-label="The course">
          {topics.map(({ title, lessons }) => {
            const shown = lessons.filter((lesson) => fits(`${title} ${lesson.title}`))
            const picked = lessons.filter(({ id }) => chosen.includes(id)).length
            if (shown.length === 0) return null
            return (
              <details key={title} open={filter !== '' || undefined}>
                <summary>
                  {title} {picked > 0 && <span class="fine">{`${picked} chosen`}</span>}
                </summary>
                {shown.map(({ id, title: name, minutes: long, tasks: count }) => (
                  <label key={id} class="choice">
                    <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
                    <span>
                      {name} <small>{`${long} min${count > 0 ? `, ${countOf(count, 'task')}` : ''}`}</small>
                    </span>
                  </label>
                ))}
              </details>
            )
          })}
        </div>
      </fieldset>
      <div class="program-order" role="group" aria-labelledby="program-text">
        <p class="label" id="program-text">
          In this order
        </p>
        {chosen.length === 0 ? (
          <p class="empty">
            Nothing chosen yet. Pick lessons from the course; they come here in the order you pick them.
          </p>
        ) : (
          <>
            <p class="fine" id="program-how">
              Drag by the handle, or move with the arrow keys.
            </p>
            <OrderList
              entries={chosen.map((id) => ({ id, text: titleOf(id) }))}
              noun="lesson"
              name="program"
              onOrder={onChange}
              onTakeOut={toggle}
            />
            <p class="fine" role="status">
              {`${countOf(chosen.length, 'lesson')}, ${countOf(tasks, 'task')}, about ${countOf(minutes, 'minute')}.`}
            </p>
          </>
        )}
      </div>
    </div>
  )
}
