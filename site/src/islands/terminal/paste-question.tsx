/** Asks before several lines are pasted, each of which a shell may run; and says what to do with what is too long. */
import { useEffect, useRef } from 'preact/hooks'

export interface PasteWish {
  text: string
  what: 'ask' | 'too long'
}

const shownLines = 8

export function PasteQuestion({ wish, onDecide }: { wish: PasteWish; onDecide: (text: string | null) => void }) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  const { text, what } = wish
  const close = (event: KeyboardEvent) => event.key === 'Escape' && onDecide(null)
  if (what === 'too long')
    return (
      <div class="bar warn" role="alertdialog" aria-label="Too long to paste" onKeyDown={close}>
        <p>
          {`That are ${(text.length / 1e6).toFixed(1)} million characters; a terminal takes one million at a time. `}
          Put them into a file with Upload under Files, and use it from there.
        </p>
        <button type="button" class="solid" ref={first} onClick={() => onDecide(null)}>
          All right
        </button>
      </div>
    )
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const oneLine = lines.map((line) => line.trim()).join(' ')
  return (
    <div class="bar warn paste" role="alertdialog" aria-label="Paste several lines" onKeyDown={close}>
      <p>
        {lines.length === 1
          ? 'Paste a line that ends with Enter?'
          : `Paste ${lines.length} lines? A shell may run each of them.`}
      </p>
      <pre tabIndex={0} aria-label="What is to be pasted">
        {lines.slice(0, shownLines).join('\n')}
        {lines.length > shownLines && `\n… ${lines.length - shownLines} more`}
      </pre>
      <div class="row">
        <button type="button" class="solid" ref={first} onClick={() => onDecide(text)}>
          Paste
        </button>
        <button type="button" class="quiet" onClick={() => onDecide(oneLine)}>
          {lines.length === 1 ? 'Paste without Enter' : 'Paste as one line'}
        </button>
        <button type="button" class="quiet" onClick={() => onDecide(null)}>
          Cancel
        </button>
      </div>
    </div>
  )
}
