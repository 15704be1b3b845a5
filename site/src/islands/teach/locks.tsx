/** Which tasks learners may already do: a locked one waits until the class gets there. */
import type { ProgramItem, WorkshopView } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'
import { actOnWorkshop } from './desk-store.ts'
import { KeptCheckbox } from './kept-checkbox.tsx'
import { teachApi } from './teach-api.ts'

export function Locks({ shop }: { shop: WorkshopView }) {
  const program = shop.program.filter(({ tasks }) => tasks.length > 0)
  if (program.length === 0) return null
  const done = (locked: boolean) => (locked ? 'Locked.' : 'Unlocked.')
  const lockAll = (lab: string, tasks: ProgramItem['tasks'], locked: boolean) =>
    void actOnWorkshop(
      teachApi.lock(
        shop.id,
        lab,
        tasks.map(({ id }) => id),
        locked,
      ),
      done(locked),
    )
  return (
    <section class="together-part locks" aria-labelledby="together-locks">
      <h3 id="together-locks">Locked tasks</h3>
      {program.map(({ id, title, tasks }) => {
        const locked = tasks.filter((task) => task.locked)
        return (
          <details key={id}>
            <summary>
              {title} <span class="fine">{locked.length === 0 ? 'all open' : `${locked.length} locked`}</span>
            </summary>
            {tasks.map((task, i) => (
              <KeptCheckbox
                key={task.id}
                kept={task.locked}
                ask={(locked) => teachApi.lock(shop.id, id, [task.id], locked)}
                done={done}
              >
                {`${i + 1}. `}
                <InlineCode text={task.goal} />
              </KeptCheckbox>
            ))}
            <div class="row">
              {[true, false].map((locked) => (
                <button type="button" class="quiet" onClick={() => lockAll(id, tasks, locked)}>
                  {locked ? 'Lock all' : 'Open all'}
                </button>
              ))}
            </div>
          </details>
        )
      })}
    </section>
  )
}
