/** After an incident: what it was, and what was done when. Comes by itself when all is repaired, or when every solution was asked for. */
import type { DebriefView } from '@drydock/sandbox-server/contract'
import { effect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { TaskOutline } from '../../content/labs.ts'
import { countOf, formatExact, formatLeft } from './clock.ts'
import { InlineCode } from './inline-code.tsx'
import { loadDebrief } from './lab-actions.ts'
import { debrief, session, solutions, wordsOf } from './store.ts'

const parts = [
  ['cause', 'Root cause'],
  ['fix', 'The fix'],
  ['prevention', 'Prevention'],
  ['early', 'How to see it coming'],
] as const

export function Debrief({ tasks }: { tasks: readonly TaskOutline[] }) {
  useEffect(
    () =>
      effect(() => {
        const states = session.value?.tasks ?? []
        const told = (id: string) => solutions.value[id] !== undefined
        const over = states.length > 0 && states.every((s) => s.type === 'guard' || s.done || told(s.id))
        if (over && debrief.peek() === null) void loadDebrief()
      }),
    [],
  )
  const view = debrief.value
  return (
    <div class="debrief-place not-content" aria-live="polite">
      {view && (
        <section class="debrief" id="debrief" aria-labelledby="debrief-title">
          <h2 id="debrief-title">Debrief</h2>
          <dl>
            {parts.map(([part, title]) => (
              <div key={part}>
                <dt>{title}</dt>
                <dd>
                  <InlineCode text={view[part]} />
                </dd>
              </div>
            ))}
          </dl>
          <h3>What you did when</h3>
          <TimeLine view={view} tasks={tasks} />
          {view.others && (
            <p class="others">
              {`Half of the ${view.others.count} others who repaired it took less than ${countOf(Math.max(1, Math.round(view.others.median_ms / 60_000)), 'minute')}.`}
            </p>
          )}
        </section>
      )}
    </div>
  )
}

function TimeLine({ view, tasks }: { view: DebriefView; tasks: readonly TaskOutline[] }) {
  // That a guard holds from the start is nothing one did.
  const deeds = view.timeline.filter(
    (deed, i, all) =>
      !(deed.kind === 'passed' && tasks.find((task) => task.id === deed.task)?.type === 'guard') &&
      !(deed.kind === 'finished' && all.findIndex((each) => each.kind === 'finished') < i),
  )
  return (
    <ol class="time-line">
      <li>
        <time title={formatExact(view.began_at)}>0:00</time> <span>The pager rang.</span>
      </li>
      {deeds.map((deed, i) => (
        <li key={i} class={`deed-${deed.kind}`}>
          <time title={formatExact(deed.at)}>{formatLeft(deed.at - view.began_at)}</time>{' '}
          <span>
            <InlineCode text={describe(deed, tasks)} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function describe({ kind, task }: DebriefView['timeline'][number], tasks: readonly TaskOutline[]): string {
  const found = tasks.find((each) => each.id === task)
  const number = found ? tasks.indexOf(found) + 1 : 0
  switch (kind) {
    case 'passed':
      return `Task ${number} done: ${found ? wordsOf(found).goal : ''}`
    case 'lost':
      return `What made task ${number} green was undone.`
    case 'hint':
      return `A hint for task ${number}.`
    case 'solution':
      return `Looked at the solution of task ${number}.`
    case 'shown':
      return `Task ${number} was done for you.`
    case 'reset':
      return 'Began anew on a fresh machine.'
    case 'finished':
      return 'All repaired.'
  }
}
