/** A list that is put in order: an entry is dragged by its handle, moved by its arrow keys, or by two buttons. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { InlineCode } from '../lab/inline-code.tsx'
import { move } from './draft.ts'

export interface OrderListProps {
  /** In their order. */
  entries: readonly { id: string; text: string }[]
  /** What an entry is called. */
  noun: string
  /** Begins the ids of what is in here; `<name>-text` and `<name>-how` are its title and what to do. */
  name: string
  onOrder: (order: string[]) => void
  /** Rows can be taken out. */
  onTakeOut?: (id: string) => void
}

export function OrderList({ entries, noun, name, onOrder, onTakeOut }: OrderListProps) {
  const list = useRef<HTMLOListElement>(null)
  /** While something is dragged, the list keeps its elements where they are and only looks different, so that the pointer stays captured. */
  const [drag, setDrag] = useState<{ id: string; order: string[] } | null>(null)
  const [said, setSaid] = useState('')
  const refocus = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (refocus.current !== null) document.getElementById(refocus.current)?.focus()
    refocus.current = null
  })
  const order = entries.map(({ id }) => id)
  const shown = drag?.order ?? order
  const plain = (id: string) => (entries.find((each) => each.id === id)?.text ?? id).replaceAll('`', '')

  const put = (id: string, to: number, focus: string) => {
    const next = move(order, order.indexOf(id), to)
    refocus.current = focus
    onOrder(next)
    setSaid(`${plain(id)}: now ${next.indexOf(id) + 1} of ${next.length}.`)
  }
  /** Whoever works with keys goes on at the row that is there then. */
  const takeOut = (id: string, i: number) => {
    const next = order[i + 1] ?? order[i - 1]
    if (next !== undefined) refocus.current = `${name}-${next}-out`
    onTakeOut?.(id)
    setSaid(`${plain(id)}: taken out.`)
  }
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const steps = { ArrowUp: -1, ArrowDown: 1, Home: -order.length, End: order.length }
    const by = steps[event.key as keyof typeof steps]
    if (by === undefined) return
    event.preventDefault()
    put(id, Math.min(order.length - 1, Math.max(0, order.indexOf(id) + by)), `${name}-${id}`)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!drag || !list.current) return
    // The middles of the others, from top to bottom: so many are above the pointer.
    const others = [...list.current.children].filter((item) => (item as HTMLElement).dataset['step'] !== drag.id)
    const to = others.filter((item) => {
      const { top, height } = item.getBoundingClientRect()
      return top + height / 2 < event.clientY
    }).length
    const next = move(drag.order, drag.order.indexOf(drag.id), to)
    if (next.join() !== drag.order.join()) setDrag({ id: drag.id, order: next })
  }
  const drop = () => {
    if (!drag) return
    setDrag(null)
    if (drag.order.join() !== order.join()) put(drag.id, drag.order.indexOf(drag.id), `${name}-${drag.id}`)
  }

  return (
    <>
      <ol class="steps" ref={list} aria-labelledby={`${name}-text`}>
        {entries.map(({ id, text }, i) => (
          <li
            key={id}
            data-step={id}
            class={drag?.id === id ? 'step is-dragged' : 'step'}
            style={{ order: shown.indexOf(id) }}
          >
            <button
              type="button"
              id={`${name}-${id}`}
              class="handle"
              aria-label={`Move ${noun} ${i + 1} of ${order.length}: ${plain(id)}`}
              aria-describedby={`${name}-how`}
              onKeyDown={(event) => onKeyDown(event, id)}
              onPointerDown={(event) => {
                if (event.button !== 0) return
                event.currentTarget.setPointerCapture(event.pointerId)
                setDrag({ id, order })
              }}
              onPointerMove={onPointerMove}
              onPointerUp={drop}
              onPointerCancel={() => setDrag(null)}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d="M3 5h10M3 8h10M3 11h10" />
              </svg>
            </button>
            <span class="words">
              <InlineCode text={text} />
            </span>
            <span class="nudges">
              {([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  id={`${name}-${id}-${by}`}
                  aria-label={`${by < 0 ? 'Up' : 'Down'}: ${plain(id)}`}
                  aria-disabled={i + by < 0 || i + by >= order.length}
                  onClick={() => put(id, Math.min(order.length - 1, Math.max(0, i + by)), `${name}-${id}-${by}`)}
                >
                  {by < 0 ? '↑' : '↓'}
                </button>
              ))}
              {onTakeOut && (
                <button
                  type="button"
                  id={`${name}-${id}-out`}
                  aria-label={`Take out: ${plain(id)}`}
                  onClick={() => takeOut(id, i)}
                >
                  ×
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p class="sr-only" role="status">
        {said}
      </p>
    </>
  )
}
