/** Listens for keys that are meant for a part of the page: while the focus is in it, or nowhere. */
import { useEffect, useRef } from 'preact/hooks'
import type { Focus } from './number-keys.ts'

/** `onKey` answers whether the key did something, which then does nothing else. */
export function useKeys(onKey: (event: KeyboardEvent, focus: Focus) => boolean) {
  const part = useRef<HTMLElement>(null)
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const at = document.activeElement
      if (at && at !== document.body && !part.current?.contains(at)) return
      if (event.defaultPrevented || event.repeat || event.isComposing) return
      if (latest.current(event, focusOf(at))) event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return part
}

function focusOf(at: Element | null): Focus {
  if (!at) return 'other'
  if (at.matches('textarea, select, input:not([type="radio"], [type="checkbox"])')) return 'text'
  return at.matches('button, a, summary') ? 'button' : 'other'
}
