/** Below the wall: who was taken out or not let in, so that it can be undone. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { countOf } from '../lab/clock.ts'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

export function TakenOut({ shop }: { shop: WorkshopView }) {
  if (shop.removed.length === 0 || shop.state === 'ended') return null
  return (
    <details class="taken-out">
      <summary>{`${countOf(shop.removed.length, 'learner')} taken out`}</summary>
      <ul>
        {shop.removed.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              class="quiet"
              onClick={() => void act(teachApi.admit(shop.id, id), `${name} may come in again, with the code.`)}
            >
              Let <bdi>{name}</bdi> in again
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
