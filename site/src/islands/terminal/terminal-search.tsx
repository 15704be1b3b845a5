/** Finds text in a terminal, scrollback included. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OpenTerminal } from './create-terminal.ts'

export function TerminalSearch({ terminal, onClose }: { terminal: OpenTerminal; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [found, setFound] = useState(true)
  useEffect(() => {
    field.current?.focus()
    return () => terminal.endSearch()
  }, [])
  const look = (wanted: string, direction: 'next' | 'previous', typing = false) => {
    setText(wanted)
    if (wanted === '') terminal.endSearch()
    setFound(wanted === '' || terminal.search(wanted, direction, { typing }))
  }
  return (
    <form
      class="bar find"
      role="search"
      aria-label="Find in the terminal"
      onSubmit={(event) => {
        event.preventDefault()
        look(text, 'previous')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && event.shiftKey) {
          event.preventDefault()
          look(text, 'next')
        }
      }}
    >
      <input
        ref={field}
        type="search"
        aria-label="Find"
        placeholder="Find"
        value={text}
        spellcheck={false}
        onInput={(event) => look(event.currentTarget.value, 'previous', true)}
      />
      <button type="submit" class="icon" aria-label="Earlier" title="Earlier (Enter)">
        ↑
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Later"
        title="Later (Shift+Enter)"
        onClick={() => look(text, 'next')}
      >
        ↓
      </button>
      <span role="status">{found ? '' : 'Not found'}</span>
      <button type="button" class="icon close" aria-label="Close" title="Close (Esc)" onClick={onClose}>
        ×
      </button>
    </form>
  )
}
