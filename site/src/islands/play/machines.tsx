/** How many machines, before a playground starts; and which files of a link come with it. */
import { coming, choose, nodes, type Nodes } from './play-state.ts'

const sizes: readonly { count: Nodes; words: string; for: string }[] = [
  { count: 1, words: 'One', for: 'builds, compose, limits' },
  { count: 2, words: 'Two', for: 'one talks to the other' },
  { count: 3, words: 'Three', for: 'a swarm with a quorum' },
]

export function Machines() {
  return (
    <>
      <fieldset class="machines">
        <legend>Machines</legend>
        {sizes.map((size) => (
          <label key={size.count}>
            <input
              type="radio"
              name="machines"
              checked={nodes.value === size.count}
              onChange={() => choose(size.count)}
            />
            <span>
              <strong>{size.words}</strong>
              <small>{size.for}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="fine">
        A link can bring a Dockerfile or compose file of yours: <a href="/play/link/">how to make one</a>.
      </p>
      {coming.value.length > 0 && (
        <p class="problem">
          {`From the link, as soon as it runs: ${coming.value.map(({ path }) => path).join(', ')}.`}{' '}
          <button type="button" class="quiet" onClick={() => (coming.value = [])}>
            Leave them out
          </button>
        </p>
      )}
    </>
  )
}
