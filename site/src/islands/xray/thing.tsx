/** One thing of the picture, as a button that opens its details: glows when it changed, is marked when it belongs to what is open. */
import type { ComponentChildren } from 'preact'
import { opened, related, xray } from './xray-store.ts'
import { keyOf, type Ref } from './xray-state.ts'

interface Props {
  at: Ref
  class: string
  /** How it is, for the colour of its mark; it must be said in words as well. */
  mood?: string
  children: ComponentChildren
}

export function Thing({ at, class: name, mood, children }: Props) {
  const key = keyOf(at)
  const open = opened.value !== null && keyOf(opened.value) === key
  return (
    <button
      type="button"
      class={`thing ${name}`}
      data-thing={key}
      data-mood={mood}
      data-fresh={xray.value.fresh.has(key)}
      data-related={related.value.has(key)}
      aria-expanded={open}
      onClick={() => (opened.value = open ? null : at)}
    >
      {children}
    </button>
  )
}
