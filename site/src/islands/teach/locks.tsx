/** Which tasks learners may already do: a locked one waits until the class gets there. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

export function Locks({ shop }: { shop: WorkshopView }) {
  const program = shop.program.filter(({ tasks }) => tasks.length > 0)
  if (program.length === 0) return null
  const lock = (lab: string, tasks: string[], locked: boolean) =>
    void act(teachApi.lock(shop.id, lab, tasks, locked), locked ? 'Locked.' : 'Unlocked.')
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
              <label key={task.id} class="choice">
                <input type="checkbox" checked={task.locked} onChange={() => lock(id, [task.id], !task.locked)} />
                <span>
                  {`${i + 1}. `}
                  <InlineCode text={task.goal} />
                </span>
              </label>
            ))}
            <div class="row">
              {[true, false].map((locked) => (
                <button
                  type="button"
                  class="quiet"
                  onClick={() =>
                    lock(
                      id,
                      tasks.map((task) => task.id),
                      locked,
                    )
                  }
                >
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
