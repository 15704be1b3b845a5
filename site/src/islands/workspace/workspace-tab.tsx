/** One tab of the workspace, and the arrow keys that lead from one to the next. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface Props {
  /** Of what it shows; the panel is `panel-<id>`. */
  id: string
  selected: boolean
  /** Shown as well, at the side. */
  beside?: boolean
  onSelect: (id: string) => void
  children: ComponentChildren
}

export function WorkspaceTab({ id, selected, beside = false, onSelect, children }: Props) {
  const tab = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // On a narrow screen not all tabs fit.
    if (selected) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [selected])
  return (
    <button
      ref={tab}
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-controls={`panel-${id}`}
      aria-selected={selected || beside}
      tabIndex={selected ? 0 : -1}
      onClick={() => onSelect(id)}
    >
      {children}
    </button>
  )
}

export function moveBetweenTabs(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof HTMLElement)) return
  const tabs = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=tab]')]
  const at = tabs.findIndex((tab) => tab === document.activeElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  const next = tabs[(to + tabs.length) % tabs.length]
  next?.click()
  next?.focus()
}
