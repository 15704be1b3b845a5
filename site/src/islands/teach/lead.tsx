/** Follow me: the class goes to a place of the lessons; whoever leaves can come back with one key. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

export function Lead({ shop }: { shop: WorkshopView }) {
  const places = shop.program.flatMap(({ id, title, tasks }) => [
    { place: `/${id}/`, words: title },
    ...tasks.map((task, i) => ({ place: `/${id}/#task-${task.id}`, words: `${title}, task ${i + 1}` })),
  ])
  const [place, setPlace] = useState(shop.follow ?? places[0]?.place ?? '/')
  const where = places.find((each) => each.place === shop.follow)?.words ?? shop.follow
  return (
    <section class="together-part" aria-labelledby="together-lead">
      <h3 id="together-lead">Follow me</h3>
      <p role="status">
        {shop.follow === null
          ? 'Everybody is where they like.'
          : `The class follows you to ${where}. Learners may leave and come back.`}
      </p>
      <div class="help-form">
        <label for="lead-place">Where to</label>
        <select id="lead-place" value={place} onChange={({ currentTarget }) => setPlace(currentTarget.value)}>
          {places.map((each) => (
            <option key={each.place} value={each.place}>
              {each.words}
            </option>
          ))}
        </select>
        <div class="row">
          <button
            type="button"
            class="solid"
            onClick={() => void act(teachApi.lead(shop.id, place), 'All pages go there now.')}
          >
            Bring all there
          </button>
          {shop.follow !== null && (
            <button
              type="button"
              class="quiet"
              onClick={() => void act(teachApi.lead(shop.id, null), 'Everybody is on their own again.')}
            >
              Stop leading
            </button>
          )}
          <a class="button quiet" href={place} target="_blank" rel="noopener">
            Look at it
          </a>
        </div>
      </div>
    </section>
  )
}
