/** The wall: a tile a learner, who needs help first; filtered, searched, and walked by arrow keys. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { countOf, now } from '../lab/clock.ts'
import { act, learners, skew, workshop } from './desk-store.ts'
import { moveInGrid } from './grid-keys.ts'
import { filters, fitsFilter, sortWall, type WallFilter } from './sort-wall.ts'
import { TakenOut } from './taken-out.tsx'
import { teachApi } from './teach-api.ts'
import { Tile } from './tile.tsx'

export function Wall({ onOpen }: { onOpen: (learner: string, aim?: 'hint') => void }) {
  const [filter, setFilter] = useState<WallFilter>('all')
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const held = useRef(false)
  // A tile that moves to another place in the list loses the focus on its way.
  useLayoutEffect(() => {
    if (held.current && current !== null && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>(`[data-learner="${current}"] [data-tile]`)?.focus()
  })
  const shop = workshop.value
  if (!shop) return null
  const tasks = shop.program.reduce((sum, item) => sum + item.tasks.length, 0)
  const sorted = sortWall(learners.value)
  const words = search.trim().toLowerCase()
  const shown = sorted.filter(
    (each) => fitsFilter(each, filter, tasks) && (words === '' || each.name.toLowerCase().includes(words)),
  )
  // Before the beginning of a class that is open to all, nobody has to do anything for them.
  const asks = shop.door === 'ask' || shop.state === 'running' || shop.state === 'paused'
  const waiting = asks ? sorted.filter((each) => each.state === 'waiting').length : 0
  const inTabOrder = shown.some(({ id }) => id === current) ? current : shown[0]?.id
  const titleOf = (lab: string | null) => shop.program.find(({ id }) => id === lab)?.title ?? null

  return (
    <section class="wall" aria-label="Wall">
      <div class="wall-tools">
        <div class="wall-filters" role="group" aria-label="Show">
          {(Object.keys(filters) as WallFilter[]).map((each) => {
            const count = sorted.filter((one) => fitsFilter(one, each, tasks)).length
            if (count === 0 && each !== 'all' && each !== filter) return null
            return (
              <button
                key={each}
                type="button"
                class="quiet"
                aria-pressed={filter === each}
                onClick={() => setFilter(filter === each ? 'all' : each)}
              >
                {filters[each]} <span class="count">{count}</span>
              </button>
            )
          })}
        </div>
        <input
          type="search"
          aria-label="Find a learner"
          placeholder="Find a learner"
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        {waiting > 0 && (
          <button
            type="button"
            class="solid"
            onClick={() => void act(teachApi.admitAll(shop.id), `${countOf(waiting, 'learner')} let in.`)}
          >
            {waiting === 1 ? 'Let them in' : `Let all ${waiting} in`}
          </button>
        )}
      </div>
      {sorted.length === 0 ? (
        <p class="empty">
          {shop.state === 'ended'
            ? 'Nobody was in this workshop.'
            : 'Nobody has joined yet. Show the code, or send the link: a tile appears here the moment somebody is in.'}
        </p>
      ) : shown.length === 0 ? (
        <p class="empty">
          Nobody like that.{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setFilter('all')
              setSearch('')
            }}
          >
            Show all
          </button>
        </p>
      ) : (
        <ul
          ref={list}
          class="tiles"
          aria-label="Learners, who needs help first"
          onKeyDown={(event) => {
            moveInGrid(event)
            if (event.key !== 'h' || event.ctrlKey || event.metaKey || event.altKey || current === null) return
            event.preventDefault()
            onOpen(current, 'hint')
          }}
          onFocusIn={() => (held.current = true)}
          onFocusOut={(event) => (held.current = event.relatedTarget === null)}
        >
          {shown.map((learner) => (
            <li key={learner.id} data-learner={learner.id}>
              <Tile
                learner={learner}
                href={`/teach/workshop/?id=${shop.id}&learner=${learner.id}`}
                now={now.value + skew.value}
                pausedAt={shop.paused_at}
                asks={asks}
                labTitle={titleOf(learner.lab)}
                tasks={tasks}
                inTabOrder={learner.id === inTabOrder}
                onOpen={onOpen}
                onFocus={() => setCurrent(learner.id)}
              />
            </li>
          ))}
        </ul>
      )}
      <TakenOut shop={shop} />
      {shown.length > 0 && (
        <p class="keys-legend fine">
          <span>
            <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> from tile to tile
          </span>
          <span>
            <kbd>Enter</kbd> looks at their terminal
          </span>
          <span>
            <kbd>h</kbd> writes a hint
          </span>
        </p>
      )}
    </section>
  )
}
